import Commands

@main
enum ReportProgram {
    static func main() async { await ReportCommand.main() }
}
