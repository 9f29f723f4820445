import ArgumentParser
import Commands
import Domain
import Foundation
import Stages

@main
struct ZhucunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zhucun",
        abstract: "驻村：驻村干部考勤、生活补助与十项措施 / attendance, pay and the ten measures for cadres posted to villages",
        version: ProgramVersion.text,
        subcommands: [
            RunCommand.self, InspectCommand.self, TemplateCommand.self, StatusCommand.self, ExplainCommand.self,
            CloseCommand.self, VerifyCommand.self, RehearseCommand.self, PolicyCommand.self, BackupCommand.self,
            RestoreCommand.self, ProvinceCommand.self, SettingsCommand.self, NoticeCommand.self,
        ])

    /// Without a command: what to do first, in the language that `--language` or the environment asks for.
    ///
    /// Not an option of this command: it would swallow that of the commands below it.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        // Installed, one program goes by the names of the stages too.
        let name = CommandLine.arguments.first.map { URL(fileURLWithPath: $0).lastPathComponent } ?? ""
        if let stage = StagePrograms.named(name) { return await stage.main() }
        let isLanguage = arguments.count == 2 && arguments[0] == "--language"
        if let language = isLanguage ? Language(rawValue: arguments[1]) : RunFlags.environmentLanguage,
            arguments.isEmpty || isLanguage
        {
            // A wrong settings file is told by the command that needs it; these words help without it.
            let options = Result { try RunOptions(RunOptions.Flags()) }
            let places: RunOptions? = if case .success(let options) = options { options } else { nil }
            Console.print(
                FirstWords.text(
                    language, inbox: places?.inbox, output: places?.output, manuals: InstalledFiles.manuals))
            return
        }
        await CommandEntry.start(ZhucunCommand.self, arguments)
    }
}
