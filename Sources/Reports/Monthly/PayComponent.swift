import Domain

/// A part of what is paid. Source: 青组字〔2018〕231号 第5条.
public enum PayComponent: Hashable, Sendable, CaseIterable {
    case livingStipend, hardshipAllowance, qinghaiAllowance, townshipSubsidy

    /// Its column.
    public var chinese: String {
        switch self {
        case .livingStipend: "生活补助"
        case .hardshipAllowance: "艰苦边远地区津贴"
        case .qinghaiAllowance: "青海津贴"
        case .townshipSubsidy: "乡镇工作补贴"
        }
    }

    /// Its amount on a line; nil where no rate exists.
    public func amount(of line: PaymentLine) -> Fen? {
        switch self {
        case .livingStipend: line.livingStipend
        case .hardshipAllowance: line.hardshipAllowance
        case .qinghaiAllowance: line.qinghaiAllowance
        case .townshipSubsidy: line.townshipSubsidy
        }
    }

    /// The sum over lines; nil where none has an amount.
    func sum(_ lines: some Sequence<PaymentLine>) -> Fen? {
        var sum: Fen?
        for line in lines {
            if let amount = amount(of: line) { sum = (sum ?? .zero) + amount }
        }
        return sum
    }
}
