import Commands

@main
enum NormalizeProgram {
    static func main() async { await NormalizeCommand.main() }
}
