import ArgumentParser
import Commands
import Stages

@main
struct ComputeCommand: StageCommand {
    static let stageName = "zhucun-compute"
    static let configuration = CommandConfiguration(
        commandName: stageName,
        abstract: "第三步：按政策计算 / the third stage: computes by the policy",
        version: ProgramVersion.text)

    @OptionGroup var flags: RunFlags
    @OptionGroup var inbox: InboxFlags

    func perform(_ context: RunContext, _ progress: ProgressBar) throws -> String {
        let summary = try ComputeStage(context).run(progress: progress)
        return "\(summary.months) months"
    }
}
