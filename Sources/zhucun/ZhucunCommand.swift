import ArgumentParser
import Commands
import Stages

@main
struct ZhucunCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "zhucun",
        abstract: "驻村：驻村干部考勤、生活补助与十项措施 / attendance, pay and the ten measures for cadres posted to villages",
        version: ProgramVersion.text,
        subcommands: [
            RunCommand.self, ExplainCommand.self, CloseCommand.self, VerifyCommand.self, RehearseCommand.self,
            BackupCommand.self, RestoreCommand.self, ProvinceCommand.self,
        ])
}
