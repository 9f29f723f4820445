import Domain
import Testing

@Suite("Folders that may say what only the county says")
struct InboxFolderTests {
    @Test("a folder is counted from the inbox, or from a county's own folder in it")
    func county() {
        for path in [
            "裁定/a.xlsx", "裁定/2018/a.xlsx", "630202-乐都区/裁定/a.xlsx", "630202/裁定/a.xlsx", "乐都区/裁定/a.xlsx",
            "海东市/乐都区/裁定/a.xlsx",
        ] { #expect(InboxFolder.allows(path, ["裁定"]), "\(path)") }
    }

    @Test("a township's or any other folder is none of the county's")
    func others() {
        for path in [
            "a.xlsx", "裁定.xlsx", "碾伯镇/裁定/a.xlsx", "630202-乐都区/碾伯镇/裁定/a.xlsx", "630202-乐都区/2018-11/裁定/a.xlsx",
            "201811/裁定/a.xlsx", "上交/裁定/a.xlsx",
        ] { #expect(!InboxFolder.allows(path, ["裁定"]), "\(path)") }
    }

    @Test("a county's folder that is named itself is that county's alone; an empty list is anywhere")
    func named() {
        #expect(InboxFolder.allows("630202-乐都区/裁定/a.xlsx", ["630202-乐都区/裁定"]))
        #expect(!InboxFolder.allows("630203-平安区/裁定/a.xlsx", ["630202-乐都区/裁定"]))
        #expect(InboxFolder.allows("甲乡/裁定/a.xlsx", ["*/裁定"]))
        #expect(InboxFolder.allows("甲乡/a.xlsx", []))
    }
}
