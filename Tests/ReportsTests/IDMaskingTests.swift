import Domain
import Testing

@Suite("Masking")
struct IDMaskingTests {
    @Test(
        "Personal numbers in free text are masked, dates and amounts are not",
        arguments: [
            ("身份证 63020219800101123X 有误", "身份证 630202********123X 有误"),
            ("630202 19800101 1234", "630202********1234"),
            ("６３０２０２１９８００１０１１２３４", "630202********1234"),
            ("630202800101123", "630202*****1123"),
            ("账号6228978061443525061。", "账号622897*********5061。"),
            ("2018-11-05 至 2018-11-07，1,320.00 元，22 天", "2018-11-05 至 2018-11-07，1,320.00 元，22 天"),
            ("考勤/张三630202198001011234.xlsx", "考勤/张三630202********1234.xlsx"),
            ("20181105", "20181105"),
        ])
    func masks(_ text: String, _ masked: String) {
        #expect(IDMasking.masked(text) == masked)
    }
}
