import ArgumentParser
import Commands
import Stages

@main
struct IngestCommand: StageCommand {
    static let stageName = "zhucun-ingest"
    static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第一步：收取并看懂收件目录里的文件 / the first stage: reads what is new in the inbox",
        version: ProgramVersion.text)

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try IngestStage(context).run(progress: progress)
        return "\(summary.seen) files seen, \(summary.read) read, \(summary.refused) refused"
    }
}
