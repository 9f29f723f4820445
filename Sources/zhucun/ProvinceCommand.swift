import ArgumentParser
import Commands
import Domain
import Stages

/// `zhucun province`: the province's outputs from extracts of counties.
struct ProvinceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "province", abstract: "由县区提取文件汇总全省 / the province's outputs from extracts of counties")

    @Argument(help: "extract-<yyyy>.json …")
    var extracts: [String]

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            for path in try ProvinceStage.run(extracts, options: options) {
                Console.print(options.output + "/" + path)
            }
        }
    }
}
