import ArgumentParser
import Commands
import Domain
import Stages

/// `zhucun province`: the province's outputs from extracts of counties.
struct ProvinceCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "province", abstract: "由县区提取文件汇总全省 / the province's outputs from extracts of counties")

    @Argument(help: "extract-<yyyy>.json …", completion: .file())
    var extracts: [String]

    @Option(help: "应到县区（六位代码，逗号分隔）/ counties of which an extract must be there (codes, comma-separated).")
    var expect: String?

    @OptionGroup var flags: RunFlags

    private func expected() throws -> [CountyCode] {
        try (expect ?? "").split { ", \n".contains($0) }.map { text in
            guard let code = CountyCode(String(text)) else {
                throw ValidationError("--expect：\(text) 不是六位代码 / not a code of six digits")
            }
            return code
        }
    }

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            let options = try flags.options()
            let summary = try ProvinceStage.run(extracts, expected: expected(), options: options)
            for path in summary.written { Console.print(options.output + "/" + path) }
            for (county, folders) in summary.absent {
                let list = folders.map(\.text).joined(separator: ", ")
                Console.error(
                    options.language == .zh
                        ? "\(list) 的文件夹里有 \(county.text) 的文件，而 \(county.text) 没有交提取文件：这些文件还没有被采用。"
                        : "folders of \(list) hold files of \(county.text), of which no extract came: nobody uses them."
                )
            }
            guard !summary.looksOverCounties else { return }
            Console.error(
                options.language == .zh
                    ? "提取文件没有用密钥（--key）制作：没有核对跨县区的重复在岗和重复计人，也没有交回文件。"
                    : "the extracts were made without a key (--key): nobody looked for people present or counted in two "
                        + "counties, and nothing is given back.")
        }
    }
}
