import Domain
import Testing

@testable import Registers

@Suite("The bank's answers as they are sent")
struct BankReturnBookTests {
    private let register = TestRegister()

    private func book(_ word: String, reason: String? = nil) -> BankReturnBook {
        var texts: [FieldID: String] = [
            .batch: "ZC-630202-201811", .name: "张世安", .bankAccount: "622848000000000001", .result: word,
        ]
        if let reason { texts[.reason] = reason }
        var row = register.row(.bankReturns, texts)
        row.fields[.amount] = SubmittedField(
            value: .amount(Fen(60_00)), cell: register.cell(.amount, at: 2), asSent: "60.00")
        return BankReturnBook(
            [register.source("回盘/一.xlsx", 1, row)], folders: [], counties: [CountyCode("630202")!])
    }

    @Test("paid, returned, and not paid by anybody; a reason that is not given is the word itself where it says one")
    func words() {
        #expect(book("成功").returns.map(\.result) == [.paid])
        #expect(book("退回").returns.map(\.result) == [.returned])
        #expect(book("退回").returns.map(\.reason) == [""])
        #expect(book("未付").returns.map(\.result) == [.returned])
        #expect(book("未付").returns.map(\.reason) == ["未付"])
        #expect(book("未付", reason: "缺账号").returns.map(\.reason) == ["缺账号"])
    }

    @Test("a word that the form does not have answers nothing, and is told at its cell")
    func unknownWord() {
        let book = book("在途")
        #expect(book.returns.isEmpty)
        #expect(book.findings.map(\.reason) == [.bankReturnUnmatched])
        #expect(book.findings[0].cell == register.cell(.result, at: 2) && book.findings[0].value == "在途")
    }
}
