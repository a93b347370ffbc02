//! The `oversight` command: everything is in [`oversight::cli`].

fn main() -> std::process::ExitCode {
    oversight::cli::run()
}
