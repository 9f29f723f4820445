/// Reading of 银行账号: digits, whatever people put between them.
public enum BankAccount {
    /// Digits an account may have. Source: spec §6, bank-account-invalid.
    public static let digitCounts = 12...21

    /// Without spaces, `-` and a leading `'`.
    public static func digits(_ text: String) -> String {
        TextFolding.key(text).filter { $0 != "'" && $0 != "’" && $0 != "‘" && $0 != "-" }
    }

    /// Whether a bank could pay to it, as far as its form tells.
    public static func isValid(_ digits: String) -> Bool {
        digitCounts.contains(digits.utf8.count) && digits.utf8.allSatisfy { (48...57).contains($0) }
    }
}
