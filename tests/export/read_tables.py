"""Reads exports of one graph as tables with their usual readers, and holds them against node-link JSON.

    read_tables.py FOLDER      a file or folder a format, FORMAT.loss.json beside each, node-link, truth.json

Prints what was compared as JSON; ends with an error at the first difference.
"""

import csv, datetime, json, pathlib, re, sqlite3, sys
from urllib.parse import unquote

import openpyxl, pandas, pyarrow
import pyarrow.ipc, pyarrow.parquet

from read import Truth, end_day, first_day, joined, lost, same

ENDS = {"to", "dissolved", "repealed"}
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def whole(folder):
    """All tables as they went in: {table: {id: record}}; findings by norm and body."""
    truth = Truth(folder / "node-link")
    rest = json.loads((folder / "truth.json").read_text())
    findings = {}
    for f in rest["findings"]:
        missing = f["missing"]
        record = {
            **{key: f[key] for key in ("norm", "document", "severity", "institution", "verdict", "candidates")},
            "evidence": [piece["link"] for piece in f["evidence"]],
            "weak_evidence": [piece["link"] for piece in f["evidence"] if piece["weak"]],
            "missing_overseer_types": missing["overseer_types"],
            "missing_mechanisms": missing["mechanisms"],
            "missing_overseers": missing["overseers"],
            "missing_pillars": missing["pillars"],
            "surveyed_on": f["surveyed_on"],
            "rests_on_unverified": f["rests_on_unverified"],
        }
        findings[f["norm"], f["institution"]] = {k: v for k, v in record.items() if v not in (None, [])}
    edges = {id: {"source": s, "target": t, **record} for id, (s, t, record) in truth.edges.items()}
    return {"nodes": truth.nodes, "edges": edges, "findings": findings}, rest["acts"]


def compare(name, truth, acts, tables, text=lambda value: value, joins=None):
    """Holds {table: [{column: value}]} against the truth; `text` and `joins` say what a format makes of a value."""
    days = 0
    for table, records in truth.items():
        key = (lambda row: row["id"]) if table != "findings" else (lambda row: (row["norm"], row["institution"]))
        rows = {key(row): row for row in tables[table]}
        same(len(tables[table]), len(rows), f"{name}: ids of {table} are unique")
        same(set(records), set(rows), f"{name}: ids of {table}")
        for id, record in records.items():
            row = {k: v for k, v in rows[id].items() if k != "id" and v is not None}
            for column in [column for column in row if column.endswith("_day")]:
                field, day = column.removesuffix("_day"), row.pop(column)
                same((end_day if field in ENDS else first_day)(record[field]), day, f"{name}: {column} of {id}")
                days += 1
            same(set(record), set(row), f"{name}: columns of {id}")
            for field, value in record.items():
                if isinstance(value, list) and joins:
                    value = joins(value)
                elif isinstance(value, str):
                    value = text(value)
                same(value, row[field], f"{name}: {field} of {id}")
    same(len(acts), len(tables["acts"]), f"{name}: number of acts")
    for act, row in zip(acts, tables["acts"]):
        title = act["title"] and text(act["title"])
        same((act["id"], title, act["adopted"]), (row["id"], row["title"], row["adopted"]), f"{name}: acts")
    about = {row["key"]: row["value"] for row in tables["about"]}
    same("all-time", about["period"], f"{name}: about")
    return days


def typed(frame, lists):
    """Rows of a table of texts, with flags, numbers, days and lists as such."""
    rows = frame.to_dict("records")
    for row in rows:
        for key, value in row.items():
            if value == "":
                row[key] = None
            elif key.endswith("_day"):
                row[key] = datetime.date.fromisoformat(value)
            elif key in ("exists", "verified", "rests_on_unverified"):
                row[key] = {"true": True, "false": False}[value]
            elif key in COUNTS:
                row[key] = int(value)
            elif lists and value.startswith("[") and key in LISTS:
                row[key] = json.loads(value)
    return rows


COUNTS = {"gaps", "partials", "on_papers", "unknowns", "mets", "missing_overseers", "missing_pillars"}
LISTS = set()


def csv_tables(path, encoding, lists=False):
    read = lambda file: pandas.read_csv(file, dtype=str, keep_default_na=False, encoding=encoding, lineterminator="\n")
    tables = {}
    for file in sorted(path.iterdir()):
        rows = typed(read(file), lists)
        with open(file, encoding=encoding, newline="") as lines:
            same(len(rows), sum(1 for _ in csv.reader(lines)) - 1, f"rows of {file.name} in Python and pandas")
        tables[file.stem] = rows
    return tables


ADDRESSES = ("homepage", "page", "sources", "same_as")
GROUNDS = {"gap": "FFC1121F", "partial": "FFEF9A5B", "on-paper": "FFCBCBCB", "unknown": "FFFAFAFA", "met": "FFCDEADD"}


def xlsx_tables(path):
    """The sheets as a spreadsheet shows them: `_xHHHH_` is a character."""
    shown = lambda text: re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), text)
    tables = {}
    for sheet in openpyxl.load_workbook(open(path, "rb")):
        where = f"xlsx: sheet {sheet.title}"
        header = [shown(cell.value) for cell in sheet[1]]
        same("A2", sheet.freeze_panes, f"{where}: frozen header")
        same(sheet.dimensions, sheet.auto_filter.ref, f"{where}: filter")
        rows = tables[sheet.title] = []
        for cells in sheet.iter_rows(min_row=2):
            row = {}
            for name, cell in zip(header, cells):
                value = cell.value
                at = f"{where}: {cell.coordinate}"
                same(False, cell.data_type in "fe", f"{at} is a formula or an error")
                if isinstance(value, str):
                    value = shown(value)
                    same(value.startswith(FORMULA), bool(cell.quotePrefix), f"{at}: {value!r:.60} stays a text")
                    if name.endswith("_day"):
                        value = datetime.date.fromisoformat(value)
                        same(True, value < datetime.date(1900, 3, 1), f"{at}: a day is a date")
                elif isinstance(value, datetime.datetime):
                    same("yyyy-mm-dd", cell.number_format.replace("\\", ""), f"{at}: dates are shown so")
                    value = value.date()
                web = [part for part in value.split(";") if part.startswith("http")] if name in ADDRESSES and value else []
                link = [unquote(cell.hyperlink.target)] if cell.hyperlink else []
                same([unquote(address) for address in web[:1]], link, f"{at}: the link")
                if name == "verdict":
                    same(GROUNDS[value], cell.fill.fgColor.rgb, f"{at}: colour of {value}")
                row[name] = value
            rows.append(row)
    return tables


def units(text, most=32_767):
    """As much of a text as a cell holds."""
    return text.encode("utf-16-le", "surrogatepass")[: 2 * most].decode("utf-16-le", "ignore")


def sqlite_tables(path):
    database = sqlite3.connect(path, detect_types=sqlite3.PARSE_DECLTYPES)
    database.row_factory = sqlite3.Row
    ask = lambda query: list(database.execute(query))
    same([("ok",)], [tuple(row) for row in ask("PRAGMA integrity_check")], "sqlite: integrity")
    same([], ask("PRAGMA foreign_key_check"), "sqlite: keys refer to what is there")
    names = [row["name"] for row in ask("SELECT name FROM sqlite_master WHERE type = 'table'")]
    tables = {}
    for name in ["nodes", "edges", "acts", "findings", "about"]:
        rows = {row["id" if "id" in row.keys() else "key"]: dict(row) for row in ask(f"SELECT * FROM {name}")}
        for child in [other for other in names if other.startswith(f"{name}_")]:
            key = ask(f"PRAGMA foreign_key_list({child})")[0]
            same((name, "id", "id"), (key["table"], key["from"], key["to"]), f"sqlite: key of {child}")
            for row in ask(f"SELECT id, position, value FROM {child} ORDER BY id, position"):
                items = rows[row["id"]].setdefault(child.removeprefix(f"{name}_"), [])
                items.append(row["value"])
                same(len(items), row["position"], f"sqlite: places in {child}")
        tables[name] = [*rows.values()]
    keys = {(row["from"], row["table"]) for row in ask("PRAGMA foreign_key_list(edges)")}
    same({("source", "nodes"), ("target", "nodes")}, keys, "sqlite: keys of edges")
    ends = {row["id"]: (row["overseer"], row["overseen"]) for row in ask("SELECT * FROM control")}
    labels = {row["id"]: row["label"] for row in tables["nodes"]}
    same({e["id"]: (labels[e["source"]], labels[e["target"]]) for e in tables["edges"]}, ends, "sqlite: view of links")
    for query in ("SELECT 1 FROM edges WHERE target = ?", "SELECT 1 FROM edges WHERE mechanism = ?", "SELECT 1 FROM nodes_type WHERE value = ?"):
        plan = database.execute(f"EXPLAIN QUERY PLAN {query}", "x").fetchone()["detail"]
        same(True, "USING" in plan and "INDEX" in plan, f"sqlite: {query} has an index: {plan}")
    for row in tables["findings"]:
        del row["id"]
    for row in [row for rows in tables.values() for row in rows]:
        for key in ("exists", "verified", "rests_on_unverified"):
            if row.get(key) is not None:
                row[key] = bool(row[key])
    return tables


def columnar_tables(path, read, frame):
    """The tables as pyarrow reads them; pandas finds as many rows and the same ids."""
    tables = {}
    for file in sorted(path.iterdir()):
        table = read(file)
        table.validate(full=True)
        where = f"{path.name}: {file.stem}"
        types = {field.name: field.type for field in table.schema}
        words = [name for name, type in types.items() if pyarrow.types.is_dictionary(type)]
        expected = {
            "nodes": {"pillar", "country", "founded", "dissolved"},
            "edges": {"source", "target", "label", "mechanism", "status", "counts", "pillar", "act", "act_title", "from",
                      "to", "effect"},
            "acts": {"kind", "adopted", "in_force", "repealed"},
            "findings": {"norm", "document", "severity", "institution", "verdict", "surveyed_on"},
            "about": set(),
        }
        same(expected[file.stem], set(words), f"{where}: dictionaries")
        for name, type in types.items():
            if name.endswith("_day"):
                same(pyarrow.date32(), type, f"{where}: {name} is a date")
            elif name in LISTS:
                same(pyarrow.list_(pyarrow.string()).value_type, type.value_type, f"{where}: {name} is a list")
            elif name in COUNTS:
                same(pyarrow.int64(), type, f"{where}: {name} is a number")
        rows = tables[file.stem] = table.to_pylist()
        pandas_rows = frame(file)
        same(len(rows), len(pandas_rows), f"{where}: rows in pandas")
        first = table.schema.names[0]
        same([row[first] for row in rows], pandas_rows[first].tolist(), f"{where}: {first} in pandas")
    return tables


def main(folder):
    csv.field_size_limit(10_000_000)
    truth, acts = whole(folder)
    for table in truth.values():
        LISTS.update(key for record in table.values() for key, value in record.items() if isinstance(value, list))
    LISTS.update({"other_titles"})
    guard = lambda text: "'" + text if text.startswith(FORMULA) else text
    read = {}
    tables = csv_tables(folder / "csv", "utf-8-sig")
    read["csv"] = compare("csv", truth, acts, tables, guard, lambda list: guard(joined(list)))
    cells = (v for rows in tables.values() for row in rows for v in row.values() if isinstance(v, str))
    # Those that began with an apostrophe by themselves are not ours.
    read["guarded"] = sum(v[:1] == "'" and v[1:].startswith(FORMULA) for v in cells)
    same(read["guarded"], lost(folder, "csv", "formulas"), "csv: guards are counted")
    read["csv-exact"] = compare("csv-exact", truth, acts, csv_tables(folder / "csv-exact", "utf-8", True))
    same(0, lost(folder, "csv-exact", "formulas") + lost(folder, "csv-exact", "semicolons"), "csv-exact: nothing is changed")
    tables = xlsx_tables(folder / "xlsx")
    read["xlsx"] = compare("xlsx", truth, acts, tables, units, lambda list: units(joined(list)))
    cells = [v for rows in tables.values() for row in rows for v in row.values()]
    same(sum(isinstance(v, str) and len(v.encode("utf-16-le")) == 65_534 for v in cells), lost(folder, "xlsx", "texts cut"),
         "xlsx: cuts are counted")
    early = sum(isinstance(v, datetime.date) and v < datetime.date(1900, 3, 1) for v in cells)
    same(early, lost(folder, "xlsx", "before March 1900"), "xlsx: days that are text are counted")
    if (folder / "parquet").exists():
        tables = columnar_tables(folder / "parquet", pyarrow.parquet.read_table, pandas.read_parquet)
        read["parquet"] = compare("parquet", truth, acts, tables)
        tables = columnar_tables(folder / "arrow", lambda file: pyarrow.ipc.open_file(file).read_all(), pandas.read_feather)
        read["arrow"] = compare("arrow", truth, acts, tables)
    if (folder / "sqlite").exists():
        read["sqlite"] = compare("sqlite", truth, acts, sqlite_tables(folder / "sqlite"))
    read.update({table: len(records) for table, records in truth.items()})
    print(json.dumps(read))


main(pathlib.Path(sys.argv[1]))
