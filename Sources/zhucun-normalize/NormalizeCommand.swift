import ArgumentParser
import Commands
import Stages

@main
struct NormalizeCommand: StageCommand {
    static let stageName = "zhucun-normalize"
    static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第二步：认人、认村、认月份 / the second stage: who, where, which month",
        version: ProgramVersion.text)

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try NormalizeStage(context).run(progress: progress)
        return "\(summary.counties) counties, \(summary.months) months"
    }
}
