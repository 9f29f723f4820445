/// One entry of the catalogue: what a reason means, in both languages.
public struct FindingEntry: Sendable {
    public let code: FindingCode
    public let severity: FindingSeverity
    public let effect: FindingEffect
    /// What is wrong; `{0}`, `{1}` … are the finding's arguments.
    public let message: BilingualText
    /// What to do about it.
    public let advice: BilingualText
}

/// The same text for Chinese and for English readers.
public struct BilingualText: Hashable, Sendable {
    public let zh: String
    public let en: String

    public init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// The text in that language, `{0}`, `{1}` … replaced by the arguments; what an argument holds is not looked at
    /// again. A marker without an argument stands as it is.
    public func text(_ language: Language, _ arguments: [String] = []) -> String {
        let template = language == .zh ? zh : en
        guard !arguments.isEmpty, template.utf8.contains(0x7B) else { return template }
        let bytes = Array(template.utf8)
        var result: [UInt8] = []
        result.reserveCapacity(bytes.count + 32)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x7B, index + 2 < bytes.count, bytes[index + 2] == 0x7D,
                (48...57).contains(bytes[index + 1]), Int(bytes[index + 1] - 48) < arguments.count
            {
                result += arguments[Int(bytes[index + 1] - 48)].utf8
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return String(decoding: result, as: UTF8.self)
    }
}

/// The language of messages; reports are always Chinese.
public enum Language: String, Sendable, Codable, CaseIterable {
    case zh, en
}

extension Finding {
    /// What is wrong.
    public func message(_ language: Language) -> String { reason.entry.message.text(language, arguments) }
    /// What to do.
    public func advice(_ language: Language) -> String { reason.entry.advice.text(language, arguments) }
}

extension FindingReason {
    /// The permanent code this reason belongs to.
    public var code: FindingCode { entry.code }

    /// Its place in the catalogue.
    public var entry: FindingEntry { FindingCatalogue.entries[self]! }
}

/// The one catalogue of findings. A test holds that every reason stands in it and every code is raised by some test.
public enum FindingCatalogue {
    /// Every entry by its reason.
    public static let entries: [FindingReason: FindingEntry] = {
        var entries: [FindingReason: FindingEntry] = [:]
        for (reason, code, severity, effect, zh, en, zhAdvice, enAdvice) in rows {
            entries[reason] = FindingEntry(
                code: code, severity: severity, effect: effect, message: BilingualText(zh: zh, en: en),
                advice: BilingualText(zh: zhAdvice, en: enAdvice))
        }
        return entries
    }()

    private typealias Row = (
        FindingReason, FindingCode, FindingSeverity, FindingEffect, String, String, String, String
    )

    private static let rows: [Row] = [
        (
            .fileDamagedContainer, .unreadableFile, .error, .held,
            "文件已损坏，无法完整读取（{0}）。",
            "The file is damaged and cannot be read whole ({0}).",
            "请用 WPS 或 Excel 打开原表，另存为 .xlsx 后重新报送。",
            "Open the original in WPS or Excel, save it as .xlsx and send it again."
        ),
        (
            .fileNotReadable, .unreadableFile, .error, .held,
            "文件无法打开（{0}）。",
            "The file cannot be opened ({0}).",
            "请检查文件权限后重新放入收件目录。",
            "Check the permissions of the file and put it into the inbox again."
        ),
        (
            .fileIsFolder, .unreadableFile, .error, .held,
            "这是一个名为 {0} 的文件夹，不是工作簿。",
            "This is a folder named {0}, not a workbook.",
            "请删除该文件夹，改放工作簿文件。",
            "Remove the folder and put the workbook itself there."
        ),
        (
            .fileEmpty, .unreadableFile, .error, .held,
            "文件是空的，没有任何内容。",
            "The file is empty.",
            "请重新导出或另存后再报送。",
            "Export or save it again and send it."
        ),
        (
            .fileHTML, .unreadableFile, .error, .held,
            "这是网页（HTML），不是 Excel 工作簿。",
            "This is an HTML page, not an Excel workbook.",
            "请用 Excel 打开后另存为 .xlsx 再报送。",
            "Open it in Excel, save it as .xlsx and send it again."
        ),
        (
            .fileOldBinary, .unreadableFile, .error, .held,
            "这是 Excel 95 或更早的旧格式（{0}），本系统不读取。",
            "This is an Excel 95 or older format ({0}), which is not read.",
            "请用 Excel 打开后另存为 .xlsx 再报送。",
            "Open it in Excel, save it as .xlsx and send it again."
        ),
        (
            .fileUnsupportedFormat, .unreadableFile, .error, .held,
            "不支持的文件格式（{0}）。",
            "The format {0} is not supported.",
            "请另存为 .xlsx、.xls 或 .csv 后再报送。",
            "Save it as .xlsx, .xls or .csv and send it again."
        ),
        (
            .fileNotText, .unreadableFile, .error, .held,
            "文本编码无法识别，不是 UTF-8、UTF-16 或 GB18030。",
            "The text is neither UTF-8, UTF-16 nor GB18030.",
            "请用 Excel 另存为“CSV UTF-8”后再报送。",
            "Save it as CSV UTF-8 and send it again."
        ),
        (
            .fileEncrypted, .encryptedFile, .error, .held,
            "工作簿设有打开密码。",
            "The workbook is protected by a password.",
            "请取消打开密码后重新报送。",
            "Remove the password and send it again."
        ),
        (
            .fileBomb, .unsafeFile, .error, .held,
            "解压后的内容远大于文件本身或超出限制（{0}），没有读取。",
            "Its content inflates far beyond the file or a limit ({0}); it was not read.",
            "请删去无用的行列和格式，另存为新的 .xlsx 后重新报送；来历不明时先向报送单位核实。确需更大的表，可在流程文件 limits 中放宽。",
            "Remove unused rows, columns and formats, save it as a new .xlsx and send it again; ask the sender where it is strange. Limits are in the pipeline file."
        ),
        (
            .fileTooLarge, .unsafeFile, .error, .held,
            "文件超出限制（{0}）。",
            "The file exceeds a limit ({0}).",
            "请删去无关的工作表和格式后重新报送。",
            "Remove unrelated sheets and formatting and send it again."
        ),
        (
            .fileExternalEntity, .unsafeFile, .error, .held,
            "文件含有外部引用实体，不予读取。",
            "The file holds external entities and is not read.",
            "请用 WPS 或 Excel 另存为新的 .xlsx 后重新报送。",
            "Save it as a new .xlsx in WPS or Excel and send it again."
        ),
        (
            .formUnknown, .unknownForm, .error, .held,
            "看不出这是哪一种表：标题和表头都不认识。",
            "No form is recognised by title or headings.",
            "请使用下发的模板，或在标题中写明表名（如“考勤表”“花名册”）。",
            "Use the template, or name the form in the title."
        ),
        (
            .sheetUnknown, .unknownForm, .info, .none,
            "工作簿中的这张工作表不是已知的表，未读取。",
            "This sheet of the workbook is no known form and was not read.",
            "如与驻村工作无关可不处理。",
            "Nothing to do if it is unrelated."
        ),
        (
            .columnMissing, .missingColumn, .error, .held,
            "《{0}》缺少必填栏“{1}”。",
            "The form {0} lacks the required column {1}.",
            "请补上“{1}”一栏后重新报送。",
            "Add the column {1} and send it again."
        ),
        (
            .columnLacking, .missingColumn, .error, .held,
            "《{0}》没有必填栏“{1}”：只有其他名册写明此项的人才采用，其余各行不用。",
            "The form {0} has no required column {1}: rows whose value another list gives are used, the others wait.",
            "其他名册已写明此项的，无需处理；否则请补上“{1}”一栏后重新报送。",
            "Nothing to do where another list gives it; else add the column {1} and send it again."
        ),
        (
            .dayColumnsMissing, .missingColumn, .error, .held,
            "考勤表没有日期栏，也没有“出勤天数”栏。",
            "The attendance sheet has neither day columns nor a column of attendance days.",
            "请使用下发的模板重新报送。",
            "Use the template and send it again."
        ),
        (
            .periodUnknown, .unknownPeriod, .error, .held,
            "标题、月份栏、工作表名、文件名和文件夹都没有写明月份。",
            "Neither title, month cell, sheet name, file name nor folder names the month.",
            "请在标题中写明年月（如“2018年11月”）后重新报送。",
            "Write year and month into the title and send it again."
        ),
        (
            .periodYearUnknown, .unknownPeriod, .error, .held,
            "只写了“{0}”，没有任何地方写明年份。",
            "Only «{0}» is given, the year nowhere.",
            "请在标题中写明年份后重新报送。",
            "Write the year into the title and send it again."
        ),
        (
            .periodConflict, .periodConflict, .warning, .used,
            "标题写的是{0}，{1}写的是{2}；按标题处理。",
            "The title says {0}, the {1} says {2}; the title was followed.",
            "请核对月份；如标题有误请更正后重新报送。",
            "Check the month; if the title is wrong, mend it and send again."
        ),
        (
            .periodConflictCell, .periodConflict, .warning, .used,
            "{0}写的是{1}，{2}写的是{3}；按{0}处理。",
            "The {0} says {1}, the {2} says {3}; the {0} was followed.",
            "请核对月份；如有误请更正后重新报送。",
            "Check the month; if it is wrong, mend it and send again."
        ),
        (
            .sheetHidden, .hiddenContent, .warning, .used,
            "工作表被隐藏，其内容已照常读取。",
            "The sheet is hidden; it was read all the same.",
            "请取消隐藏，确认内容应当报送。",
            "Unhide it and make sure that it was meant to be sent."
        ),
        (
            .rowHidden, .hiddenContent, .warning, .used,
            "该人员所在行被隐藏，已照常读取。",
            "The row of this person is hidden; it was read all the same.",
            "请取消隐藏，确认该行应当报送。",
            "Unhide the row and make sure that it was meant to be sent."
        ),
        (
            .columnHidden, .hiddenContent, .warning, .used,
            "有隐藏的列（{0}），已照常读取。",
            "Hidden columns ({0}) were read all the same.",
            "请取消隐藏，确认内容应当报送。",
            "Unhide them and make sure that they were meant to be sent."
        ),
        (
            .charactersReplaced, .hiddenContent, .warning, .used,
            "单元格中有看不见的非法字符（如 NUL、ESC、U+FFFE），已换成“\u{FFFD}”。",
            "A cell holds characters that no file can hold (NUL, ESC, U+FFFE); each became a replacement character.",
            "请重新输入该单元格的文字；姓名、身份证号中有这种字符时尤其要改。",
            "Type the text of the cell anew, above all where it is a name or an ID."
        ),
        (
            .legendUnknown, .unknownLegend, .warning, .used,
            "图例“{0}”的含义无法识别；该符号按不明处理。",
            "The meaning of the legend entry «{0}» is not understood; the mark counts as unknown.",
            "请把图例写成“出勤、请假、病假、公差、培训、旷工、抽调、休息”等常用词。",
            "Write the legend in the usual words."
        ),
        (
            .legendOfBlanks, .unknownLegend, .warning, .used,
            "“{0}”：空白格一律不计出勤，不论图例怎么说。",
            "«{0}»: a blank cell is never presence, whatever the legend says of it.",
            "请在出勤的日子逐格打符号后重新报送。",
            "Mark each day of presence and send it again."
        ),
        (
            .idInvalidUsed, .idInvalid, .warning, .used,
            "身份证号“{0}”有误（{1}），已按姓名匹配为花名册中的 {2}。",
            "The ID number {0} is wrong ({1}); matched by name to {2} of the roster.",
            "请核对并更正身份证号。",
            "Check and mend the ID number."
        ),
        (
            .idInvalidHeld, .idInvalid, .error, .held,
            "身份证号“{0}”有误（{1}），按姓名也不能唯一匹配。",
            "The ID number {0} is wrong ({1}), and the name does not identify the person.",
            "请核对并更正身份证号。",
            "Check and mend the ID number."
        ),
        (
            .idInvalidRegister, .idInvalid, .error, .held,
            "身份证号“{0}”有误（{1}），该行未采用。",
            "The ID number {0} is wrong ({1}); the row is not used.",
            "请核对并更正身份证号后重新报送。",
            "Mend the ID number and send it again."
        ),
        (
            .idPrecisionLostUsed, .idPrecisionLost, .warning, .used,
            "身份证号存成了数字，末几位已失真（{0}）；已按姓名匹配为花名册中的 {1}。",
            "The ID number was stored as a number and lost digits ({0}); matched by name to {1} of the roster.",
            "请把该列设为“文本”格式后重新填写身份证号。",
            "Format the column as text and type the ID numbers again."
        ),
        (
            .idPrecisionLostHeld, .idPrecisionLost, .error, .held,
            "身份证号存成了数字，末几位已失真（{0}），按姓名也不能唯一匹配{1}。",
            "The ID number was stored as a number and lost digits ({0}), and the name does not identify the person{1}.",
            "请把该列设为“文本”格式后重新填写身份证号。",
            "Format the column as text and type the ID numbers again."
        ),
        (
            .idPrecisionLostRegister, .idPrecisionLost, .error, .held,
            "身份证号存成了数字，末几位已失真（{0}），该行未采用。",
            "The ID number was stored as a number and lost digits ({0}); the row is not used.",
            "请把该列设为“文本”格式后重新填写身份证号。",
            "Format the column as text and type the ID numbers again."
        ),
        (
            .idUpgraded, .idUpgraded, .info, .used,
            "15位身份证号 {0} 已换算为18位 {1}。",
            "The 15-digit ID number {0} was made {1}.",
            "请改填18位身份证号。",
            "Use the 18-digit number."
        ),
        (
            .notOnRoster, .notOnRoster, .error, .held,
            "花名册中查无此人{0}。",
            "This person is not on the roster{0}.",
            "请核对姓名和身份证号；如确系驻村干部，请先补报花名册。",
            "Check name and ID number; add the person to the roster if posted."
        ),
        (
            .ambiguousPerson, .ambiguousPerson, .error, .held,
            "花名册中有多人同名，无法确定是谁：{0}。",
            "Several people of the roster fit: {0}.",
            "请填写身份证号后重新报送。",
            "Give the ID number and send it again."
        ),
        (
            .nameMismatch, .nameMismatch, .error, .held,
            "身份证号属于花名册中的“{0}”，与表中姓名“{1}”不符。",
            "The ID number belongs to {0} on the roster, not to {1}.",
            "请核对姓名与身份证号，更正后重新报送。",
            "Check name and ID number and send it again."
        ),
        (
            .unknownCounty, .unknownCounty, .error, .held,
            "县区“{0}”不在县区名录中，村名录也没有它的代码。",
            "The county {0} is in no county register and has no code in a village register.",
            "请补报县区名录，或在村名录中填写行政区划代码。",
            "Send a county register, or codes in the village register."
        ),
        (
            .countyNotTold, .unknownCounty, .error, .held,
            "看不出这张表属于哪个县区。",
            "The county of this sheet cannot be told.",
            "请在标题或表头写明县区，或放入该县区的文件夹。",
            "Name the county in the title, or put the file into the county's folder."
        ),
        (
            .unknownVillage, .unknownVillage, .warning, .none,
            "{0}{1}不在村名录中。",
            "{0} {1} is not in the village register.",
            "请核对乡镇、村名，或补报村名录。",
            "Check the names, or add the village to the register."
        ),
        (
            .villageMismatch, .villageMismatch, .warning, .used,
            "表中写的是{0}，花名册中当日驻村是{1}；按花名册发放。",
            "The sheet says {0}, the roster {1}; paid to the roster's village.",
            "请核对驻村地点；如已调整请更正花名册。",
            "Check the place of posting; mend the roster if it changed."
        ),
        (
            .villageMismatchHeld, .villageMismatch, .error, .held,
            "该人同时有多个驻村（{1}），表中写的“{0}”都不是。",
            "The person has several postings in force ({1}), and the sheet's «{0}» is none of them.",
            "请写明实际驻村后重新报送。",
            "Name the village of the posting and send it again."
        ),
        (
            .waitsElsewhere, .villageMismatch, .error, .held,
            "该人这些天记在{0}的考勤表上，那一行在{1}待核；那里处理好以后才在本县区发放。",
            "These days stand on the sheet of {0}, in a row that waits in {1}: they are paid here once it is settled.",
            "请{1}更正那张考勤表或作出裁定；本县区无需另行裁定。",
            "Have {1} mend that sheet or decide; nothing is decided here."
        ),
        (
            .unitMismatch, .unitMismatch, .warning, .used,
            "表中派出单位是{0}，花名册是{1}；按花名册处理。",
            "The sheet's sending unit is {0}, the roster's {1}; the roster was followed.",
            "请核对派出单位。",
            "Check the sending unit."
        ),
        (
            .duplicateRowConflict, .duplicateRow, .error, .held,
            "同一人出现多次且记录不一致（另见 {0}）。",
            "The same person stands here more than once with different marks (see {0}).",
            "请核对两处记录，把错的一处改正后重新报送。",
            "Check both places, mend the wrong one and send it again."
        ),
        (
            .duplicateRowSame, .duplicateRow, .info, .used,
            "同一人出现多次，记录一致（另见 {0}），只计一次。",
            "The same person stands here more than once with the same marks (see {0}); counted once.",
            "无需处理；如两处本应是不同的日期，请更正日期。",
            "Nothing to do; if the two were meant for different days, mend the dates."
        ),
        (
            .doublePresence, .doublePresence, .error, .excluded,
            "{0} 同时在 {1} 记为出勤（{2}），两处均不计。",
            "Also marked present in {1} on {0} ({2}); counted in neither.",
            "请两乡镇核对当日实际在哪里，更正后重新报送。",
            "Both townships: settle where the person was and send it again."
        ),
        (
            .totalClaimedElsewhere, .doublePresence, .error, .excluded,
            "表上写明的 {0} 天与此人其他考勤（含外县区）合计超出在岗天数，此处只计 {1} 天。",
            "The {0} days stated here and the person's other attendance (other counties too) are more days than are posted; {1} days count here.",
            "请核对此人当月实际在哪里、各多少天，更正后重新报送。",
            "Settle where the person was on how many days and send it again."
        ),
        (
            .impossibleDay, .impossibleDay, .error, .excluded,
            "{0}没有“{1}”这一天，“{2}”不计。",
            "{0} has no day {1}; the mark {2} is not counted.",
            "请核对月份：月份写错的改月份，确是误填的再改该格。",
            "Check the month: mend it where it is wrong; clear the cell only where the mark is a slip."
        ),
        (
            .outsidePosting, .outsidePosting, .error, .excluded,
            "{0} 不在该人的驻村期内（{1}），不计。",
            "{0} lies outside the person's posting ({1}); not counted.",
            "请核对驻村起止日期与考勤。",
            "Check the dates of the posting and the mark."
        ),
        (
            .postedElsewhere, .outsidePosting, .error, .excluded,
            "{0} 该人派驻在{1}，本县区不计。",
            "On {0} the person was posted to {1}; not counted here.",
            "当日由{1}考勤、发放；派驻起止日期有误的，请更正花名册。",
            "That day is kept and paid by {1}; mend the roster where the dates of the postings are wrong."
        ),
        (
            .futureDay, .futureDay, .error, .excluded,
            "{0} 尚未到来（截至 {1}），不计。",
            "{0} has not come yet (as of {1}); not counted.",
            "请勿提前填报；到期后重新报送。",
            "Do not fill in days ahead; send it again when they are over."
        ),
        (
            .unknownMark, .unknownMark, .error, .excluded,
            "符号“{0}”没有说明含义，当日不计。",
            "The mark «{0}» is not explained; the day is not counted.",
            "请在现有的注或图例里写明其含义（如“注：△ 事假”；文件里都没有的，在表下空行里加一格），或改用其中已有的符号。",
            "Explain it in the note or the legend sheet (add a note below the table where the file has neither), or use one of its marks."
        ),
        (
            .markAgainstLeave, .unknownMark, .error, .excluded,
            "这里写“{0}”，逐日却记出勤（{1}日），两处矛盾，这些天不计。",
            "«{0}» is written here, yet the marks of day {1} say presence; these days are not counted.",
            "请核对，把错的一处改正后重新报送。",
            "Check both, mend the wrong one and send it again."
        ),
        (
            .unknownMarkError, .unknownMark, .error, .excluded,
            "单元格是错误值“{0}”，当日不计。",
            "The cell holds the error {0}; the day is not counted.",
            "请更正该格。",
            "Mend the cell."
        ),
        (
            .totalMismatch, .totalMismatch, .error, .held,
            "表中出勤天数为 {0}，按逐日记录应为 {1}{2}。",
            "The stated total is {0}, the marks add up to {1}{2}.",
            "请核对逐日记录和合计，更正后重新报送。",
            "Check marks and total and send it again."
        ),
        (
            .totalUnreadable, .totalMismatch, .error, .held,
            "出勤天数“{0}”不是天数。",
            "The stated total «{0}» is no number of days.",
            "请更正出勤天数后重新报送。",
            "Mend the total and send it again."
        ),
        (
            .totalsSheetMismatch, .totalMismatch, .error, .held,
            "汇总表中出勤天数为 {0}，按逐日记录应为 {1}（见 {2}）。",
            "The totals sheet says {0}, the daily marks add up to {1} (see {2}).",
            "请核对汇总表与逐日考勤，更正后重新报送。",
            "Check totals and marks and send it again."
        ),
        (
            .totalBeyondPosting, .totalMismatch, .error, .held,
            "写明出勤 {0} 天，超出在该村驻村的 {1} 天。",
            "{0} days are stated, more than the {1} days of the posting there.",
            "请核对出勤天数和花名册上的驻村起止日期。",
            "Check the days and the posting's first and last day."
        ),
        (
            .noDailyEvidence, .noDailyEvidence, .error, .held,
            "只有出勤天数，没有逐日记录。",
            "There is a total only, no daily marks.",
            "请报送逐日考勤表。",
            "Send the daily attendance sheet."
        ),
        (
            .exceptionsOnly, .noDailyEvidence, .error, .held,
            "只登记了请假，没有逐日出勤记录。",
            "Only leave is recorded, no daily presence.",
            "请报送逐日考勤表。",
            "Send the daily attendance sheet."
        ),
        (
            .spotCheckConflict, .spotCheckConflict, .error, .excluded,
            "{0} 表中记为出勤，抽查结果为{1}（{2}），该日不计。",
            "Marked present on {0}, but a spot check says {1} ({2}); not counted.",
            "请核实当日情况；如抽查记录有误请更正。",
            "Settle what happened; mend the record of the check if it is wrong."
        ),
        (
            .missingSubmission, .missingSubmission, .warning, .none,
            "{0}未报送{1}考勤。",
            "{0} has sent no attendance for {1}.",
            "请尽快报送。",
            "Send it."
        ),
        (
            .missingPerson, .missingPerson, .warning, .none,
            "花名册中的{0}在{1}的考勤中没有记录。",
            "{0} of the roster is in no row of {1}.",
            "请补报，或更正花名册的驻村起止日期。",
            "Send it, or mend the dates on the roster."
        ),
        (
            .rateMissing, .rateMissing, .warning, .none,
            "{0}没有适用于“{1}”的标准（{2}），该项未计。",
            "{0} has no rate for {1} on {2}; the column stays empty.",
            "请在政策文件中补充标准，或核对职级、艰边类别等信息。",
            "Add the rate to the policy file, or check rank and category."
        ),
        (
            .parameterMissing, .rateMissing, .warning, .none,
            "政策参数“{0}”在 {1} 没有有效值，该项未计。",
            "The policy parameter {0} has no value on {1}; nothing was computed with it.",
            "请在政策文件中补充该日期的值。",
            "Add a value for that date to the policy file."
        ),
        (
            .bankAccountMissing, .bankAccountMissing, .warning, .none,
            "花名册中没有银行账号。",
            "The roster has no bank account.",
            "请补报银行账号。",
            "Send the bank account."
        ),
        (
            .bankAccountInvalid, .bankAccountInvalid, .warning, .none,
            "银行账号“{0}”不是12至21位数字。",
            "The bank account {0} is not 12 to 21 digits.",
            "请核对并更正银行账号。",
            "Check and mend the bank account."
        ),
        (
            .bankAccountPrecisionLost, .bankAccountInvalid, .warning, .none,
            "银行账号存成了数字，末几位可能已失真（{0}）。",
            "The bank account was stored as a number and may have lost digits ({0}).",
            "请把该列设为“文本”格式后重新填写。",
            "Format the column as text and type it again."
        ),
        (
            .uncachedFormula, .uncachedFormula, .error, .held,
            "该格是公式，但文件里没有保存计算结果。",
            "The cell is a formula without a stored value.",
            "请用 Excel 或 WPS 打开并保存一次，再重新报送。",
            "Open and save it once in Excel or WPS and send it again."
        ),
        (
            .uncachedTotal, .uncachedFormula, .warning, .used,
            "出勤天数是公式，但文件里没有保存计算结果；未核对合计。",
            "The total is a formula without a stored value; it was not checked.",
            "请用 Excel 或 WPS 打开并保存一次，再重新报送。",
            "Open and save it once in Excel or WPS and send it again."
        ),
        (
            .ambiguousDate, .ambiguousDate, .warning, .excluded,
            "日期“{0}”无法确定是哪一天（{1}），不计。",
            "The date «{0}» could be more than one day ({1}); not counted.",
            "请把日期写成“2018-11-10”的形式。",
            "Write dates as 2018-11-10."
        ),
        (
            .valueUnreadable, .valueUnreadable, .error, .held,
            "“{0}”一栏的“{1}”无法识别（应为{2}），该行未采用。",
            "«{1}» in {0} is not understood ({2} expected); the row is not used.",
            "请更正后重新报送。",
            "Mend it and send it again."
        ),
        (
            .valueBlank, .valueUnreadable, .error, .held,
            "必填栏“{0}”为空，该行未采用。",
            "The required field {0} is empty; the row is not used.",
            "请补填后重新报送。",
            "Fill it in and send it again."
        ),
        (
            .valueUnreadableOptional, .valueUnreadable, .warning, .none,
            "“{0}”一栏的“{1}”无法识别（应为{2}），该值未采用。",
            "«{1}» in {0} is not understood ({2} expected); the value is not used.",
            "请更正后重新报送。",
            "Mend it and send it again."
        ),
        (
            .dateRangeReversed, .valueUnreadable, .error, .held,
            "“{0}”（{1}）早于“{2}”（{3}），该行未采用。",
            "{0} ({1}) lies before {2} ({3}); the row is not used.",
            "请更正日期后重新报送。",
            "Mend the dates and send it again."
        ),
        (
            .excellentDespiteAbsence, .recordConflict, .warning, .none,
            "{0}年度考核为优秀，但当年有脱岗或抽调记录（{1}）。",
            "Assessed excellent for {0} in spite of absence or withdrawal ({1}).",
            "请组织部门核实考核等次。",
            "The organisation department should check the grade."
        ),
        (
            .awardDespiteAbsence, .recordConflict, .warning, .none,
            "{0} 获“{1}”，但当年有脱岗或抽调记录（{2}）。",
            "Honoured on {0} ({1}) in spite of absence or withdrawal that year ({2}).",
            "请组织部门核实评先评优资格。",
            "The organisation department should check the honour."
        ),
        (
            .breachOfBar, .recordConflict, .warning, .none,
            "{0} 的“{1}”在限制期内（{2} 至 {3}）。",
            "{1} on {0} falls into a barred window ({2} to {3}).",
            "请组织部门核实。",
            "The organisation department should check it."
        ),
        (
            .visitInFuture, .recordConflict, .warning, .none,
            "走访日期 {0} 晚于截止日 {1}。",
            "The visit on {0} lies after {1}.",
            "请核对走访日期。",
            "Check the date of the visit."
        ),
        (
            .visitBeforeEvent, .recordConflict, .warning, .none,
            "走访日期 {0} 早于发生日期 {1}。",
            "The visit on {0} lies before the event on {1}.",
            "请核对日期。",
            "Check the dates."
        ),
        (
            .negativeGap, .recordConflict, .warning, .none,
            "报销合计超过总费用，差额为 {0} 元。",
            "More was reimbursed than spent; the gap is {0} yuan.",
            "请核对总费用与报销金额。",
            "Check cost and reimbursements."
        ),
        (
            .fundsWithoutTeam, .recordConflict, .warning, .none,
            "{1}年向“{0}”拨付了工作经费，但该村当年没有驻村干部。",
            "Work funds of {1} were paid to {0}, where nobody was posted that year.",
            "请核对拨付的村和花名册。",
            "Check the village of the payment and the roster."
        ),
        (
            .superseded, .superseded, .info, .none,
            "{0}的{1}考勤已由较新的文件 {2} 替代。",
            "Attendance of {0} for {1} was replaced by the newer file {2}.",
            "无需处理。",
            "Nothing to do."
        ),
        (
            .supersededMended, .superseded, .info, .none,
            "同一文件已原地更正，{0}{1}考勤改报为{2}，原报内容已撤回。",
            "The file was mended in place: what it said of {0} for {1} is withdrawn, it speaks of {2} now.",
            "无需处理；如两个月都应计发，请分别报送两个文件。",
            "Nothing to do; if both months are due, send a file for each."
        ),
        (
            .leftOut, .leftOut, .error, .held,
            "“{0}”在原报的考勤中{1}有出勤，较新的文件 {2} 漏列此人，这些天暂缓发放。",
            "{0} has presence on {1} in what was sent first; the newer file {2} leaves {0} out: those days wait.",
            "请在较新的考勤表中补上此人：确有出勤的照实填写，未出勤的留空或填写实际情况。",
            "Put the person on the newer sheet: with marks where present, blank or with the true mark where not."
        ),
        (
            .leftOutElsewhere, .leftOut, .error, .held,
            "该人这些天原记在{0}的考勤表上，{1}较新的文件漏列此人，这些天暂缓发放。",
            "These days stood on the sheet of {0}; a newer file of {1} leaves the person out: those days wait.",
            "请{1}在较新的考勤表中补上此人或作出裁定；本县区无需另行裁定。",
            "Have {1} put the person on the newer sheet or decide; nothing is decided here."
        ),
        (
            .closedLineChanged, .closedLineChanged, .warning, .none,
            "{0}已关账，更正后差额 {1} 元（{2} 天）列入{3}。",
            "{0} is closed; the difference of {1} yuan ({2} days) goes into {3}.",
            "无需处理；如更正有误请再次报送。",
            "Nothing to do; send again if the correction is wrong."
        ),
        (
            .passedMonthPaid, .closedLineChanged, .warning, .none,
            "{0}没有单独关账（较晚的月份已关账），{1} 元（{2} 天）列入{3}。",
            "{0} was passed over: a later month is closed. Its {1} yuan ({2} days) go into {3}.",
            "无需处理；这个月不再单独关账。",
            "Nothing to do; that month is not closed by itself any more."
        ),
        (
            .closedLineHeld, .closedLineHeld, .warning, .none,
            "{0}已关账并发放 {1} 元，新报送的记录{2}，未作扣回。",
            "{0} is closed and {1} yuan were issued; the new reading {2}, nothing is taken back.",
            "请核实后报送能采用的更正表。",
            "Send a correction that can be used."
        ),
        (
            .closedDaysElsewhere, .closedLineHeld, .warning, .none,
            "{0}已按{1}发放且未扣回；{2}的更正 {3} 元与其日期重复，暂不补发。",
            "{0} was issued at {1} and not taken back; the correction of {2}, {3} yuan, is of the same days and waits.",
            "请在裁定表中裁定已发放的那一行；不认可的扣回后，此处照发。",
            "Decide the issued line in the decision form; once it is refused and taken back, this is paid."
        ),
        (
            .closedAllowancesElsewhere, .closedLineHeld, .warning, .none,
            "{0}的津贴已按{1}发放且未扣回；{2}同日的津贴 {3} 元暂不补发。",
            "The allowances of {0} were issued at {1} and not taken back; those of {2} for the same days, {3} yuan, wait.",
            "请在裁定表中裁定已发放的那一行；不认可的扣回后，此处照发。",
            "Decide the issued line in the decision form; once it is refused and taken back, this is paid."
        ),
        (
            .allowancesIssuedElsewhere, .alreadyIssued, .warning, .excluded,
            "{0} 个历日的津贴已由批次 {1} 发放且未扣回，本县不重复发放（{2} 元）。",
            "The allowances of {0} calendar days were issued by batch {1} and not taken back; not paid again here ({2} yuan).",
            "如当月派驻在本县，待原县扣回后，本县自动补发。",
            "Where the posting was here, this is paid once the other county took its own back."
        ),
        (
            .alreadyIssued, .alreadyIssued, .error, .excluded,
            "{0} 的生活补助已由批次 {1} 发放（{2} 天），本县不再发放。",
            "{0} was issued by batch {1} ({2} days) and is not paid again here.",
            "两县按县际结算表结算；如当日实际在原县，请更正本县考勤表。",
            "The counties settle by their settlement file; where the day was worked in the other county, correct this sheet."
        ),
        (
            .issuedUnderOtherID, .issuedUnderOtherID, .error, .held,
            "同名同账号或同村同日已按另一身份证号 {0} 由批次 {1} 发放（涉及 {2} 天）。",
            "The same name with the same account, or in the same village on the same days, was issued to under {0} by batch {1} ({2} days).",
            "请在裁定表中裁定：是两个人选“认可”；是同一人选“不认可”，已发放的日期不再发放。",
            "Decide it in the decision form: confirm where these are two people; refuse where it is one, whose issued days are then not paid again."
        ),
        (
            .policyChanged, .policyChanged, .warning, .held,
            "政策文件 {0} 使已关账的 {1} 与关账时不同：涉及 {2} 人，净差额 {3} 元。未作任何更正。",
            "The policy file {0} gives closed {1} other values than it was closed with: {2} people, net {3} yuan. Nothing was adjusted.",
            "如确应执行，请用 zhucun policy --adopt 文件 --reason 理由；否则改回关账时的政策文件。",
            "If it is meant, run `zhucun policy --adopt FILE --reason TEXT`; else go back to the policy file of the closing."
        ),
        (
            .policyFileEdited, .policyChanged, .info, .none,
            "政策文件 {0} 在采用（{1}）之后又有改动（{2}）；已关账月份仍按采用时的内容计算，结果相同。",
            "The policy file {0} was edited ({2}) after it was adopted ({1}); closed months go on by the adopted bytes and come to the same.",
            "如改动应适用于已关账月份，请重新采用：zhucun policy --adopt 文件 --reason 理由。",
            "If the edit is meant for closed months, adopt it again: `zhucun policy --adopt FILE --reason TEXT`."
        ),
        (
            .registerConflict, .registerConflict, .error, .none,
            "同一文件里“{0}”前后不一致：此处为“{1}”，{3} 为“{2}”。两处均未采用，仍按原有内容。",
            "{0} is said twice in one file: «{1}» here, «{2}» in {3}. Neither is used; what was known before stands.",
            "请核实后只保留正确的一行，重新报送该表。",
            "Keep the right row only and send the sheet again."
        ),
        (
            .registerConflictBesideAttendance, .registerConflict, .error, .none,
            "考勤文件所附名册的“{0}”为“{1}”，与名册（{3}）的“{2}”不同，未作变更。",
            "The register inside an attendance workbook says «{1}» for {0}; the register ({3}) says «{2}» and stands.",
            "如确需变更，请单独报送名册。",
            "If it is to change, send the register as a file of its own."
        ),
        (
            .registerConflictPersonHeld, .registerConflict, .error, .held,
            "名册中此人的“{0}”前后不一致（{1}），应发多少无法确定。",
            "The register contradicts itself on the person's {0} ({1}): what is due cannot be told.",
            "请更正名册该单元格后重新报送。",
            "Mend that cell of the register and send it again."
        ),
        (
            .registerUnreadablePersonHeld, .valueUnreadable, .error, .held,
            "名册中此人的“{0}”无法识别（{1}），应发多少无法确定。",
            "{0} of the person's register row is not understood ({1}): what is due cannot be told.",
            "请更正名册该单元格后重新报送。",
            "Mend that cell of the register and send it again."
        ),
        (
            .bankAccountChanged, .bankAccountChanged, .warning, .none,
            "银行账号由 {0}（{1}）变更为 {2}（{3}）。",
            "The bank account changed from {0} ({1}) to {2} ({3}).",
            "请与本人核实；如有误请再次报送名册。",
            "Ask the person; send the register again if it is wrong."
        ),
        (
            .bankAccountShared, .bankAccountShared, .warning, .none,
            "银行账号 {0} 同时登记在 {1} 名下。",
            "The bank account {0} also belongs to {1}.",
            "请核实账号；确属共用的，在裁定表中认可。",
            "Check the account; if it is shared indeed, confirm it in the form of decisions."
        ),
        (
            .registerChanged, .registerChanged, .info, .none,
            "名册变更：{0}。",
            "Register changed: {0}.",
            "无需处理；如有误请再次报送名册。",
            "Nothing to do; send the register again if it is wrong."
        ),
        (
            .registerWithdrawnUnknown, .registerChanged, .warning, .none,
            "此行写明作废，但从未登记过关键栏（身份证号、乡镇、村、日期等）与它相同的一行：没有作废任何内容。",
            "This row is to be withdrawn, but no row of the same person, place and date was ever registered: nothing was.",
            "请把这几栏写得与要作废的那一行完全相同，再报送一次。",
            "Write these cells as in the row that is meant and send it again."
        ),
        (
            .notAuthorisedRegister, .notAuthorised, .error, .none,
            "此文件无权变更“{0}”（只从 {1} 采用），未采用。",
            "This file may not change {0} (it is taken from {1} only); it was not used.",
            "请由主管部门放入指定目录。",
            "Let the office in charge put it into the folder named."
        ),
        (
            .notAuthorisedFolder, .notAuthorised, .error, .none,
            "{0}只从 {1} 目录采用，此文件未采用。",
            "{0} is taken from {1} only; this file was not used.",
            "请由主管部门放入指定目录。",
            "Let the office in charge put it into the folder named."
        ),
        (
            .notAuthorisedDecider, .notAuthorised, .error, .none,
            "“{0}”无权作此裁定（不在裁定人名单内，或事关本人），未采用。",
            "{0} may not decide this (not on the list of deciders, or it concerns himself); it was not used.",
            "请由有权的人裁定。",
            "Let somebody decide who may."
        ),
        (
            .decisionUsed, .decisionUsed, .info, .none,
            "“{0}”已经裁定。{1}。",
            "«{0}» was settled: {1}.",
            "无需处理；如需收回，请在裁定表中填“撤销”。",
            "Nothing to do; to take it back, decide to withdraw it."
        ),
        (
            .decidedElsewhere, .decisionUsed, .info, .none,
            "该人记在{0}考勤表上的这些天依{1}的裁定计发。",
            "The days on the sheet of {0} are paid by a decision of {1}.",
            "无需处理；裁定内容见{1}的裁定表。",
            "Nothing to do; the decision stands among those of {1}."
        ),
        (
            .decisionStale, .decisionStale, .warning, .none,
            "这条裁定（{0}）的证据与现有考勤不符：有关单元格已变动，或问题已不存在。裁定未采用。",
            "The evidence of this decision ({0}) fits nothing any more: its cells changed, or the problem is gone. It was not used.",
            "请在新的裁定表上重新裁定；问题已不存在的，删去此行即可。",
            "Decide again on the new form; where the problem is gone, delete the row."
        ),
        (
            .decisionWithoutEvidence, .decisionStale, .warning, .none,
            "这条裁定（{0}）没有证据，未采用。",
            "This decision ({0}) has no evidence; it was not used.",
            "请在程序生成的裁定表上填写，不要改动“证据”一栏。",
            "Fill in the form as the program wrote it and leave its evidence as it is."
        ),
        (
            .decisionUnfit, .decisionStale, .warning, .none,
            "裁定“{0}”不能执行：{1}。裁定未采用。",
            "The decision «{0}» cannot be carried out: {1}. It was not used.",
            "请改填裁定表上可选的处理。",
            "Choose one of the answers that the form offers."
        ),
        (
            .paymentReturned, .paymentReturned, .warning, .none,
            "{0}的 {1} 元被银行退回（{2}），列入下一批重发。",
            "The {1} yuan of {0} came back from the bank ({2}); they are due again in the next batch.",
            "请核对花名册上的银行账号。",
            "Check the account on the roster."
        ),
        (
            .paymentReturnedSameAccount, .paymentReturned, .warning, .none,
            "{0}的 {1} 元被银行退回（{2}）；花名册上仍是被退回的账号，下一批照此重发还会退回。",
            "The {1} yuan of {0} came back from the bank ({2}); the roster still has the account that refused them, to which they would go again.",
            "请先在花名册更正银行账号，再关下一批；账号无误的，请向银行核实退回原因。",
            "Correct the account on the roster before the next batch is closed; where it is right, ask the bank why."
        ),
        (
            .bankReturnUnmatched, .recordConflict, .warning, .none,
            "回盘中的这一行（批次 {0}，{1} 元）与已关账批次的任何一行都不符，未采用。",
            "This row (batch {0}, {1} yuan) fits no line of a closed batch; it was not used.",
            "请核对批次号、身份证号或银行账号、金额。",
            "Check batch, ID or account, and amount."
        ),
        (
            .bankReturnBeforeClosing, .recordConflict, .warning, .none,
            "回盘中的这一行（批次 {0}，{1} 元）在该批次关账之前就已收到，不是对它的答复，未采用。",
            "This row (batch {0}, {1} yuan) arrived before that batch was closed: it answers nothing of it and was not used.",
            "如银行在关账后确有退回，请把银行的回盘另存为新文件重新报送。",
            "If the bank did answer after the closing, send its answer again as a new file."
        ),
        (
            .bankReturnContradicts, .recordConflict, .warning, .none,
            "批次 {0} 的这一行已有回盘（{1}），这里说法不同，未采用。",
            "The line of batch {0} was answered before ({1}); this answer differs and was not used.",
            "请向银行核实。",
            "Ask the bank."
        ),
        (
            .unitExcellentDespiteAbsence, .recordConflict, .warning, .none,
            "{0}的领导班子{1}年度考核为优秀，但该单位干部当年有脱岗或抽调记录（{2}）。",
            "The leadership of {0} was excellent in {1} in spite of absences or withdrawals of its cadres ({2}).",
            "请组织部门核实该单位的考核等次。",
            "The organisation department should check the unit's grade."
        ),
        (
            .recalledStillPosted, .recordConflict, .warning, .none,
            "考核结果记录 {0} 召回，但花名册中{1}的驻村仍在期内。",
            "The assessment says recalled on {0}, but the posting to {1} is still in force on the roster.",
            "已召回的，请在花名册填写驻村结束日期；没有召回的，请更正考核结果。",
            "If recalled, enter the end date on the roster; if not, correct the assessment."
        ),
        (
            .meetingCountsConflict, .recordConflict, .warning, .none,
            "“{0}”登记的驻村干部 {1} 人多于参会人数 {2} 人，未计算占比。",
            "{0} names {1} village cadres but only {2} attendants; no share is computed.",
            "请核对参会人数和驻村干部人数。",
            "Check both numbers."
        ),
        (
            .promotionCountsConflict, .recordConflict, .warning, .none,
            "{0}：登记的驻村干部 {1} 人多于总人数 {2} 人，未计算占比。",
            "{0}: {1} village cadres, but only {2} people in all; no share is computed.",
            "请核对提拔晋升登记和提拔任用统计。",
            "Check the list of promotions and the totals."
        ),
        (
            .recordOutsidePosting, .recordConflict, .warning, .none,
            "{0} 不在此人任何一段驻村期内，未计入。",
            "{0} lies in none of the person's postings; the record is not counted.",
            "请核对日期和花名册的驻村起止日期。",
            "Check the date and the dates on the roster."
        ),
        (
            .reliefAboveGap, .recordConflict, .warning, .none,
            "救助金额 {0} 元多于差额 {1} 元。",
            "The relief of {0} yuan is more than the gap of {1} yuan.",
            "请核对费用、报销和救助金额。",
            "Check cost, reimbursements and relief."
        ),
        (
            .unitWithoutCadres, .recordConflict, .warning, .none,
            "花名册中没有派出单位“{0}”的驻村干部。",
            "No cadre of the roster was sent by {0}.",
            "请核对单位名称是否与花名册、派出单位名录一致。",
            "Check that the unit is written as on the roster and in the unit register."
        ),
        (
            .recordInFuture, .recordConflict, .warning, .none,
            "登记日期 {0} 晚于截止日 {1}，未计入。",
            "The date {0} lies after {1}; the record is not counted.",
            "请核对日期。",
            "Check the date."
        ),
        (
            .missingCounty, .missingCounty, .warning, .none,
            "{0}应当参加，但没有收到花名册。",
            "{0} takes part, but no roster of it has come.",
            "请报送花名册、村名录和派出单位名录；不参加的，从流程文件的 expectations 中去掉。",
            "Send roster, village register and unit register, or take the county out of `expectations` in the pipeline file."
        ),
        (
            .missingMonth, .missingMonth, .warning, .none,
            "{0}{1}的考勤应在 {2} 前报送，没有一个乡镇报送。",
            "Attendance of {0} for {1} was due by {2}; no township has sent any.",
            "请通知各乡镇报送；当月没有驻村干部的，更正花名册的驻村起止日期。",
            "Tell the townships to send it, or mend the dates on the roster if nobody was posted."
        ),
        (
            .unreadName, .unreadCell, .error, .held,
            "这一行有考勤内容，但姓名栏是“{0}”，不是姓名。",
            "The row holds attendance, but «{0}» stands where the name should.",
            "请在姓名栏填写姓名后重新报送。",
            "Write the name and send it again."
        ),
        (
            .unreadLine, .unreadCell, .error, .held,
            "“{0}”名下有几行，看不出各行是上午、下午、另一个村还是另一种情况。",
            "Several rows stand under {0}, and nothing says whether they are halves, villages or kinds of days.",
            "请在各行写明“上午”“下午”，或所在的村。",
            "Say in each row which half or which village it is."
        ),
        (
            .unreadInRow, .unreadCell, .error, .held,
            "人员所在行里的“{0}”没有读懂：它所在的列没有表头。",
            "«{0}» in a person's row is not understood: its column has no heading.",
            "请给该列补上表头；如是无关内容请移到表外。",
            "Give the column a heading, or move what is unrelated out of the table."
        ),
        (
            .rowShifted, .unreadCell, .error, .held,
            "“{0}”不该出现在这一栏：这一行与表头错位，不能确定每格考勤是哪一天。",
            "«{0}» cannot stand in this column: the row has slipped against its headings, so that nobody knows the day of a mark.",
            "请把这一行对准表头（或补上它自己的表头）后重新报送。",
            "Put the row under its headings, or give it its own, and send it again."
        ),
        (
            .unreadColumn, .unreadCell, .error, .excluded,
            "日期栏之间（或旁边）的一列表头是“{0}”，看不出是哪一天，该列不计。",
            "A column among the days is headed «{0}»: which day it is cannot be told; it is not counted.",
            "请更正该列的日期后重新报送。",
            "Mend the heading and send it again."
        ),
        (
            .headingsShifted, .unreadCell, .error, .held,
            "此处没有日期却有考勤，而前后日期并不缺，日期表头可能与下面的考勤错位，不能确定每格是哪一天。",
            "Marks stand here under no day although none is lacking: the headings may have slipped against the marks.",
            "请把每个日期对准其下的考勤；此栏不是考勤的，请写上栏目名称。",
            "Put every day above its marks; if this column is none of marks, give it a heading."
        ),
        (
            .unreadTable, .unreadCell, .error, .held,
            "表里的“{0}”等内容没有读懂，没有读出任何人员。",
            "«{0}» and what stands with it is not understood; nobody was read from it.",
            "请写明“姓名”和日期表头，或使用下发的模板。",
            "Head the names and days, or use the template."
        ),
        (
            .unreadElsewhere, .unreadCell, .info, .none,
            "表外有 {0} 个单元格没有用到（第一个在此）。",
            "{0} cells outside the tables were not used (the first is here).",
            "如与考勤无关可不处理。",
            "Nothing to do if they are unrelated."
        ),
        (
            .otherList, .unreadCell, .info, .none,
            "“{0}”以下是另一张表，没有当作考勤读取。",
            "Under «{0}» another list begins; it was not read as attendance.",
            "如其中有考勤，请单独成表报送。",
            "If attendance stands in it, send it as a sheet of its own."
        ),
        (
            .groupPassedOver, .unreadCell, .info, .none,
            "“{0}”一组各栏不是出勤，没有计入。",
            "The columns under «{0}» are no attendance; they were not counted.",
            "如其中有应计的出勤，请写进出勤栏。",
            "If attendance stands in them, write it into the columns of attendance."
        ),
        (
            .nobodyInSheet, .unreadCell, .info, .none,
            "表头下面没有任何人员。",
            "Nobody stands below the headings.",
            "本月确实无人的可不处理；漏填的请补填后重新报送。",
            "Nothing to do if nobody is posted; else fill it in and send it again."
        ),
        (
            .nobodyInFile, .unreadCell, .error, .held,
            "是考勤表，但没有任何人员。",
            "An attendance sheet without anybody in it.",
            "请填写人员和考勤后重新报送；报错文件的请撤回。",
            "Fill in people and marks and send it again; take it back if it was sent by mistake."
        ),
        (
            .headingUnknown, .unreadCell, .info, .none,
            "表头“{0}”不认识，该列未使用。",
            "The heading «{0}» is not known; its column was not used.",
            "如与考勤无关可不处理。",
            "Nothing to do if it is unrelated."
        ),
        (
            .uncachedName, .uncachedFormula, .error, .held,
            "姓名是公式，但文件里没有保存计算结果。",
            "The name is a formula without a stored value.",
            "请用 Excel 或 WPS 打开并保存一次，再重新报送。",
            "Open and save it once in Excel or WPS and send it again."
        ),
        (
            .uncachedHeading, .uncachedFormula, .error, .held,
            "日期表头是公式，但文件里没有保存计算结果，看不出考勤属于哪一天。",
            "The day headings are formulas without stored values: which days the marks are of cannot be told.",
            "请用 Excel 或 WPS 打开并保存一次，再重新报送。",
            "Open and save it once in Excel or WPS and send it again."
        ),
        (
            .uncachedBeside, .uncachedFormula, .warning, .used,
            "“{0}”是公式，但文件里没有保存计算结果；该格没有使用，也没有核对。",
            "«{0}» is a formula without a stored value; the cell was neither used nor checked.",
            "请用 Excel 或 WPS 打开并保存一次，再重新报送。",
            "Open and save it once in Excel or WPS and send it again."
        ),
        (
            .uncachedElsewhere, .uncachedFormula, .info, .none,
            "本表另有{0}格是公式，但文件里没有保存计算结果；发放不用这些格。",
            "{0} more cells of the sheet are formulas without a stored value; no pay rests on them.",
            "无需处理；要核对这些格，请用 Excel 或 WPS 打开并保存一次后重新报送。",
            "Nothing to do; to have them checked, open and save it once in Excel or WPS and send it again."
        ),
        (
            .legendConflict, .legendConflict, .error, .excluded,
            "图例中“{0}”有两种含义（{1}），该符号按不明处理。",
            "The legend gives «{0}» two meanings ({1}); the mark counts as unknown.",
            "请只保留一种含义后重新报送。",
            "Keep one meaning and send it again."
        ),
        (
            .legendConflictMark, .legendConflict, .error, .excluded,
            "“{0}”在图例中有两种含义，当日不计。",
            "The legend gives «{0}» two meanings; the day is not counted.",
            "请更正图例后重新报送。",
            "Mend the legend and send it again."
        ),
        (
            .presenceStated, .noDailyEvidence, .error, .held,
            "“{0}”是一句话，不是逐日记录。",
            "«{0}» is a statement, not daily marks.",
            "请逐日填写考勤符号后重新报送。",
            "Mark each day and send it again."
        ),
        (
            .figureMismatch, .totalMismatch, .warning, .none,
            "“{0}”填的是 {1}，按逐日记录是 {2}。",
            "{0} is stated as {1}; the marks say {2}.",
            "请核对该数与逐日记录。",
            "Check the figure and the marks."
        ),
        (
            .sumMismatch, .totalMismatch, .warning, .none,
            "“{0}”填的是 {1}，各行相加是 {2}。",
            "{0} is stated as {1}; the rows add up to {2}.",
            "请核对合计。",
            "Check the sum."
        ),
        (
            .workedFigureMissing, .missingColumn, .error, .held,
            "只有“{0}”等栏，没有出勤天数；应出勤、请假天数不能当作出勤天数。",
            "There is «{0}» and the like, but no figure of days worked; days due or on leave are not days worked.",
            "请报送逐日考勤表。",
            "Send the daily attendance sheet."
        ),
        (
            .periodConflictDates, .periodConflict, .error, .held,
            "标题写的是{0}，日期栏却都是{1}；整表暂缓。",
            "The title says {0}, but the days are all of {1}; the sheet is held.",
            "请核对月份，更正标题或日期后重新报送。",
            "Check the month, mend title or days and send it again."
        ),
        (
            .periodSeveral, .unknownPeriod, .error, .held,
            "写了几个月（{0}），看不出各天属于哪个月。",
            "Several months are named ({0}); to which of them the days belong cannot be told.",
            "请分月报送，或在日期栏写明月份。",
            "Send a sheet a month, or write the month into the day headings."
        ),
        (
            .nameColumnUnsure, .missingColumn, .error, .held,
            "没有“姓名”栏；{0} 列（表头“{1}”）看来是姓名，但不能确定。",
            "No column is headed as names; column {0} (headed «{1}») looks like it, but is not sure.",
            "请把姓名一列的表头写成“姓名”后重新报送。",
            "Head the column of names as such and send it again."
        ),
        (
            .ownerUnsure, .missingColumn, .error, .held,
            "这是一人一表，但姓名说法不一：{0}。",
            "The sheet is one person's, but the names differ: {0}.",
            "请在表头写明“姓名：”后重新报送。",
            "Write the name beside its label and send it again."
        ),
        (
            .planNotAttendance, .notAttendance, .error, .held,
            "“{0}”是安排、计划，不是考勤记录，未采用。",
            "«{0}» is a plan, not a record; it was not used.",
            "请报送实际考勤表。",
            "Send the attendance sheet itself."
        ),
        (
            .machineNotAttendance, .notAttendance, .error, .held,
            "“{0}”是打卡机或软件的记录，不是乡镇核定的考勤表，未采用。",
            "«{0}» is a machine's or an app's record, not the days the township certifies; it was not used.",
            "请报送乡镇核定的考勤表。",
            "Send the attendance sheet that the township certifies."
        ),
        (
            .otherFormNotAttendance, .notAttendance, .error, .held,
            "“{0}”是《{1}》的标题，不是考勤，其下各行未采用。",
            "«{0}» is a title of the form {1}, not of attendance; the rows under it were not used.",
            "如为考勤，请把标题写成考勤表；如为其他表，请单独成表报送。",
            "If it is attendance, title it so; if it is another form, send it as a sheet of its own."
        ),
        (
            .otherRecordNotAttendance, .notAttendance, .error, .held,
            "“{0}”说的不是考勤，其下各行未采用。",
            "«{0}» speaks of something else than attendance; the rows under it were not used.",
            "如为考勤，请把标题写成考勤表；否则无需处理。",
            "If it is attendance, title it so; else nothing is to be done."
        ),
        (
            .ownOutput, .notAttendance, .info, .none,
            "这是本系统自己生成的文件（{0}），未读取。",
            "This file was written by this program ({0}); it was not read.",
            "无需处理。",
            "Nothing to do."
        ),
    ]
}
