import ArgumentParser

/// The benchmark: makes provinces, measures runs. Not shipped.
@main
struct BenchmarkCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zhucun-benchmark", abstract: "Makes an inbox of any size, and measures runs over it.",
        subcommands: [WorkbookCommand.self, GenerateCommand.self, MeasureCommand.self])
}

/// The size of a generated inbox.
struct ProvinceSize: ParsableArguments {
    @Option(help: "Counties, at most as many as the region file has.")
    var counties = 40

    @Option(help: "Townships a county.")
    var townships = 10

    @Option(help: "Months, from January 2019 on.")
    var months = 12

    @Option(help: "People a township.")
    var people = 15

    init() {}

    func validate() throws {
        guard counties > 0, townships > 0, months > 0, people > 0, townships * people <= 20_000 else {
            throw ValidationError("every size is at least 1, and a county has at most 20000 people")
        }
    }
}

/// `zhucun-benchmark generate --to DIR`
struct GenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Writes registers, rosters and attendance workbooks; the same every time.")

    @OptionGroup var size: ProvinceSize

    @Option(help: "The folder of the inbox.")
    var to: String

    @Option(help: "The region file that names counties.")
    var regions = "pipelines/regions/qinghai.yaml"

    func run() throws {
        let province = try Province(size, regionFile: regions)
        let files = try province.write(to: to)
        print("\(files) workbooks in \(to)")
    }
}
