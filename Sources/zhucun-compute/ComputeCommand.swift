import ArgumentParser
import Commands
import Stages

@main
struct ComputeCommand: StageCommand {
    static let stageName = "zhucun-compute"
    static let configuration = CommandConfiguration(
        commandName: stageName, abstract: "zhucun: the compute stage", version: ProgramVersion.text)

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try ComputeStage(context).run(progress: progress)
        return "\(summary.months) months"
    }
}
