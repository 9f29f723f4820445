import Domain

extension BankStanding {
    /// One line for a reader; what there is none of is not named.
    func text(_ language: Language) -> String {
        let parts: [(zh: String, en: String, sum: Fen)] = [
            ("已付", "paid", paid), ("退回", "returned", returned), ("待重发", "due again", dueAgain),
            ("无法代发", "unpayable", unpayable), ("未回盘", "unanswered", unanswered),
        ]
        let told = parts.filter { $0.sum != .zero }
        let head = language == .zh ? "银行：发放 \(issued.yuanText) 元" : "bank: issued \(issued.yuanText) yuan"
        return ([head] + told.map { "\(language == .zh ? $0.zh : $0.en) \($0.sum.yuanText)" })
            .joined(separator: language == .zh ? "，" : ", ")
    }
}
