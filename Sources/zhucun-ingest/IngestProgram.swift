import Commands

@main
enum IngestProgram {
    static func main() async { await IngestCommand.main() }
}
