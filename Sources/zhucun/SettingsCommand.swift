import ArgumentParser
import Commands
import Domain
import Foundation
import Stages

/// `zhucun settings`: which files and folders a command run here, by this user, would use. Source: spec §4.
struct SettingsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "settings",
        abstract: "本机的设置：用哪个流程文件、收件目录、账本、结果 / which pipeline file, inbox, ledger and output are used")

    @Option(help: "收件目录 / the inbox.", completion: .directory)
    var inbox: String?

    @Flag(help: "以 JSON 输出 / as JSON.")
    var json = false

    @OptionGroup var flags: RunFlags

    func run() throws {
        try CommandRunner.run(flags.messageLanguage) {
            var given = flags.flags()
            given.inbox = inbox
            let options = try RunFlags.options(given)
            let places = [
                ("pipeline", options.pipeline), ("inbox", options.inbox), ("ledger", options.ledger),
                ("output", options.output), ("policy", options.policy), ("forms", options.forms),
                ("regions", options.regions),
            ].map { ($0, InstalledFiles.absolute($1)) }
            let exports = options.exports.map(InstalledFiles.absolute)
            if json {
                let encoder = JSONEncoder()
                encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
                let document = Document(
                    places: Dictionary(uniqueKeysWithValues: places), exports: exports, asOf: options.asOf.iso)
                Console.print(String(decoding: try encoder.encode(document), as: UTF8.self))
            } else {
                for (name, path) in places { Console.print("\(name): \(path)") }
                Console.print("exports: \(exports.joined(separator: ", "))")
                Console.print("asOf: \(options.asOf.iso)")
            }
        }
    }

    private struct Document: Encodable {
        let places: [String: String]
        let exports: [String]
        let asOf: String
    }
}
