import Commands

@main
enum ComputeProgram {
    static func main() async { await ComputeCommand.main() }
}
