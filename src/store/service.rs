//! `SERVICE`: parts of a query that another endpoint answers, where it is allowed by name.

use super::StoreError;
use super::remote::rows;
use crate::http::{Address, Site};
use oxigraph::model::NamedNode;
use oxigraph::sparql::{DefaultServiceHandler, QueryResults, QuerySolutionIter};
use spargebra::Query;
use spargebra::algebra::GraphPattern;

/// The endpoints that are allowed.
pub(super) struct Services(pub(super) Vec<Site>);

/// Returns the one of `allowed` that has this name.
pub(super) fn find<'s>(allowed: &'s [Site], name: &NamedNode) -> Option<&'s Site> {
    let named = Address::parse(name.as_str()).ok()?;
    allowed.iter().find(|site| site.address().is_same_target(&named))
}

impl DefaultServiceHandler for Services {
    type Error = StoreError;

    fn handle(
        &self,
        service_name: &NamedNode,
        pattern: &GraphPattern,
        base_iri: Option<&oxiri::Iri<String>>,
    ) -> Result<QuerySolutionIter<'static>, StoreError> {
        let refused = || StoreError::Service { name: service_name.to_string() };
        let site = find(&self.0, service_name).ok_or_else(refused)?;
        let query = Query::Select { dataset: None, pattern: pattern.clone(), base_iri: base_iri.cloned() };
        match rows(site, &query.to_string())? {
            QueryResults::Solutions(solutions) => Ok(solutions),
            _ => Err(refused()),
        }
    }
}
