import ArgumentParser
import Commands
import Stages

@main
struct IngestCommand: StageCommand {
    static let stageName = "zhucun-ingest"
    static let configuration = CommandConfiguration(
        commandName: stageName, abstract: "zhucun: the ingest stage", version: ProgramVersion.text)

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try IngestStage(context).run(progress: progress)
        return "\(summary.seen) files seen, \(summary.read) read, \(summary.refused) refused"
    }
}
