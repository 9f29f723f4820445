import Domain

/// The lines of `claims-for-<C>.csv`: a month, then a line of another county's claims.
enum HandBackClaims {
    /// Every line of a file.
    ///
    /// - Parameter path: where the file lies, for whoever must look for it.
    /// - Throws: `RunFailure.refused` where one is no such line: a line that is passed over is a day paid twice.
    static func lines(_ bytes: [UInt8], _ path: String) throws -> [(period: Period, line: ClaimLine)] {
        var lines: [(period: Period, line: ClaimLine)] = []
        var isDamaged = false
        ClaimsFile.each(bytes) { cells in
            if let period = Period(cells[0]), let line = ClaimLine(cells: Array(cells.dropFirst())), line.fits(period) {
                lines.append((period, line))
            } else {
                isDamaged = true
            }
        }
        if isDamaged { throw RunFailure.refused(damaged(path)) }
        return lines
    }

    /// - Parameters:
    ///   - path: the damaged file.
    ///   - lines: how many lines it has, and how many it had when it was made; nil where that is not the matter.
    static func damaged(_ path: String, lines: (found: Int, made: Int)? = nil) -> BilingualText {
        let count = lines.map { found, made in
            BilingualText(zh: "（应有 \(made) 行，现有 \(found) 行）", en: " (\(found) of \(made) lines)")
        }
        return BilingualText(
            zh: "\(path) 已损坏\(count?.zh ?? "")：内容与文件开头的校验值不符。什么都没有改动；"
                + "请从省级汇总处重新取得这个文件。",
            en:
                "\(path) is damaged\(count?.en ?? ""): it does not match the digest at its beginning. Nothing was changed; "
                + "fetch the file again from where the province merged.")
    }
}
