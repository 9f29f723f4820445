import Domain

/// Traditional characters in the words of legends and marks: 請假, 到崗, 曠工 mean what their simplified forms do.
///
/// Only for finding what words mean; what was sent stays as it was sent.
enum TraditionalText {
    private static let pairs =
        "註注圖图說说備备標标號号記记請请曠旷崗岗學学習习訓训會会議议產产親亲處处縣县鄉乡鎮镇區区書书隊队員员駐驻時时間间點点現现際际應应實实"
        + "計计總总數数無无離离開开調调節节醫医療疗遲迟當当滿满傷伤補补參参與与為为務务個个來来歸归專专項项後后從从週周則则視视覺觉絕绝經经許许認认"

    private static let simplified: [Unicode.Scalar: Unicode.Scalar] = {
        let scalars = Array(pairs.unicodeScalars)
        return Dictionary(
            uniqueKeysWithValues: stride(from: 0, to: scalars.count, by: 2).map { (scalars[$0], scalars[$0 + 1]) })
    }()

    /// The text with simplified characters; itself where it has no other.
    static func folded(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { simplified[$0] != nil }) else { return text }
        var scalars = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { scalars.append(simplified[scalar] ?? scalar) }
        return String(scalars)
    }

    /// Traditional characters whose simplified forms are among some.
    static func twins(of scalars: Set<Unicode.Scalar>) -> Set<Unicode.Scalar> {
        Set(simplified.filter { scalars.contains($0.value) && $0.key != $0.value }.keys)
    }
}
