import Domain
import Tables
import Testing
@testable import Forms
@Test("z") func z() {
    print(LegendTests.meanings("图例：√=到岗；×=公差；☆=培训；#=产假；▲=病假；◇=脱岗；＋=抽调；○=休息"))
    let p = Picture("""
        高庙镇柳湾村2022年12月第一书记和驻村工作队考勤登记表

        图例：√=到岗；×=公差；☆=培训；#=产假；▲=病假；◇=脱岗；＋=抽调；○=休息
        名字|派出部门|2022-12-01|2022-12-02|2022-12-03|2022-12-04|2022-12-05|2022-12-06
        拉毛|水务局|√|◇／√|▲|◇|√|√
        """)
    let r = TestForms.reader.read(Workbook(format: .xlsx, sheets: [p.grid]), path: "a.xlsx")
    print(r.submitted.findings, r.sheets[0].sections.map(\.legend), r.submitted.blocks.flatMap(\.rows).flatMap(\.days).map { "\($0.morning) \($0.afternoon)" })
}
