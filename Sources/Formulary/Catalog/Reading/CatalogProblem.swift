public import Primitives

/// What can be wrong with a field of a catalogue's row.
public enum CatalogReason: String, Sendable, Codable, CaseIterable {
    // Any field.
    case fieldCount = "field-count"
    case required
    case tooLong = "too-long"
    case controlCharacter = "control-character"
    case spreadsheetError = "spreadsheet-error"
    case notAChoice = "not-a-choice"
    case notANumber = "not-a-number"
    case notADay = "not-a-day"
    case notAPrice = "not-a-price"
    case codeMalformed = "code-malformed"
    case repeated
    case headerRepeated = "header-repeated"
    case totalsLine = "totals-line"

    // Products.
    case unitUnknown = "unit-unknown"
    case dosageFormUnknown = "dosage-form-unknown"
    case nameTaken = "name-taken"
    case baseUnitFixed = "base-unit-fixed"
    case controlledLongPrescription = "controlled-long-prescription"
    case pinyinMalformed = "pinyin-malformed"

    // Articles.
    case productUnknown = "product-unknown"
    case productFixed = "product-fixed"
    case insuranceCodeMalformed = "insurance-code-malformed"
    case insuranceCodeMissing = "insurance-code-missing"
    case manufacturerMissing = "manufacturer-missing"
    case insuranceClassDiffers = "insurance-class-differs"
    case approvalNumberUnusual = "approval-number-unusual"
    case baseCodeMalformed = "base-code-malformed"
    case baseCodeCheckDigit = "base-code-check-digit"
    case gtinMalformed = "gtin-malformed"
    case gtinCheckDigit = "gtin-check-digit"
    case packSizeChanged = "pack-size-changed"

    // Companies.
    case creditCodeInvalid = "credit-code-invalid"
    case creditCodeTaken = "credit-code-taken"
    case companyDiffers = "company-differs"
    case roleMissing = "role-missing"
    case licenceIncomplete = "licence-incomplete"
    case licencePeriodInvalid = "licence-period-invalid"

    // Clinical rules.
    case referenceUnknown = "reference-unknown"
    case notAnAge = "not-an-age"
    case notAnAmount = "not-an-amount"
    case ruleIncomplete = "rule-incomplete"

    /// Whether it keeps no row out.
    public var isWarning: Bool {
        switch self {
        case .insuranceCodeMissing, .insuranceClassDiffers, .approvalNumberUnusual, .baseCodeCheckDigit, .packSizeChanged,
            .headerRepeated, .totalsLine:
            true
        default: false
        }
    }

    public var meaning: Phrase {
        switch self {
        case .fieldCount: Phrase("列数与表头不符", "The row has another number of fields than the header")
        case .required: Phrase("必填", "The field is required")
        case .tooLong: Phrase("内容过长", "The text is too long")
        case .controlCharacter: Phrase("含有控制字符", "The text holds a control character")
        case .spreadsheetError: Phrase("是电子表格的错误值或失真数字", "The value is an error or a mangled number of a spreadsheet")
        case .notAChoice: Phrase("不是允许的取值", "The value is not among those allowed")
        case .notANumber: Phrase("不是允许范围内的整数", "The value is not a whole number in range")
        case .notADay: Phrase("不是日期（年-月-日）", "The value is not a day, yyyy-mm-dd")
        case .notAPrice: Phrase("不是价格（元，至多四位小数）", "The value is not yuan with at most four decimals")
        case .codeMalformed: Phrase("代码格式不对", "The code has the wrong shape")
        case .repeated: Phrase("文件内重复", "The row repeats an earlier one")
        case .headerRepeated: Phrase("表头重复，已略过", "The header is repeated here; the line is passed over")
        case .totalsLine: Phrase("合计行，已略过", "The line is a total; it is passed over")
        case .unitUnknown: Phrase("计量单位字典中没有", "There is no such unit")
        case .dosageFormUnknown: Phrase("剂型字典中没有", "There is no such dosage form")
        case .nameTaken: Phrase("同名同剂型同规格的品种已有另一代码", "Another code has this name, form and strength")
        case .baseUnitFixed: Phrase("已有品种的最小单位不能改变", "The base unit of a product never changes")
        case .controlledLongPrescription: Phrase("特殊管理药品不能开长期处方", "A controlled product is not for long prescriptions")
        case .pinyinMalformed: Phrase("拼音须为空格分隔的小写音节", "A reading is syllables of small letters parted by blanks")
        case .productUnknown: Phrase("没有这个品种代码", "There is no product of this code")
        case .productFixed: Phrase("该包装已属于另一品种", "The article belongs to another product")
        case .insuranceCodeMalformed: Phrase("医保编码格式不对", "The insurance code has no known shape")
        case .insuranceCodeMissing: Phrase("缺医保编码", "The insurance code is missing")
        case .manufacturerMissing: Phrase("有医保编码而缺生产企业", "The manufacturer is missing though the insurance code names one")
        case .insuranceClassDiffers: Phrase("医保编码与品种分类不符", "The insurance code is of another class than the product")
        case .approvalNumberUnusual:
            Phrase("批准文号格式少见，照原样保存", "The approval number has no known shape; it is kept as it is")
        case .baseCodeMalformed: Phrase("本位码格式不对", "The national drug code has the wrong shape")
        case .baseCodeCheckDigit: Phrase("本位码校验位不符", "The national drug code does not check")
        case .gtinMalformed: Phrase("商品条码格式不对", "The trade item number has the wrong shape")
        case .gtinCheckDigit: Phrase("商品条码校验位不符", "The trade item number does not check")
        case .packSizeChanged: Phrase("包装数量与已有记录不同", "The pack size differs from the one on record")
        case .creditCodeInvalid: Phrase("统一社会信用代码校验不符", "The unified social credit code does not check")
        case .creditCodeTaken: Phrase("该信用代码属于另一企业", "The credit code belongs to another company")
        case .companyDiffers: Phrase("同一企业前后不一致", "The company is described differently in an earlier row")
        case .roleMissing: Phrase("既不是生产企业也不是供应商", "The company neither makes nor supplies")
        case .licenceIncomplete: Phrase("许可证信息不全", "The licence is not given whole")
        case .licencePeriodInvalid: Phrase("许可证有效期不成立", "The licence ends before it begins")
        case .referenceUnknown: Phrase("没有这个药物或药物组", "There is no such substance or group")
        case .notAnAge: Phrase("不是年龄（18y、6m、28d）", "The value is no age: 18y, 6m, 28d")
        case .notAnAmount: Phrase("不是剂量（0.5g、5mg、40万IU）", "The value is no amount: 0.5g, 5mg, 40万IU")
        case .ruleIncomplete: Phrase("规则不完整或自相矛盾", "The rule is incomplete or contradicts itself")
        }
    }
}

/// What is wrong with one field of one row, for the person who keeps the file.
public struct CatalogProblem: Sendable, Hashable, Codable {
    /// From 1, as an editor shows it.
    public let line: Int
    /// The column.
    public let field: String
    /// What stands there, its first characters.
    public let value: String
    public let reason: CatalogReason
    /// A warning does not keep the row out.
    public let isWarning: Bool
    /// The line it is at odds with, where there is one.
    public let otherLine: Int?
    public let chinese: String
    public let english: String

    init(
        line: Int, field: String, value: String, reason: CatalogReason, detail: String = "", hint: Phrase = Phrase("", ""),
        otherLine: Int? = nil
    ) {
        self.line = line
        self.field = field
        self.value = String(value.prefix(80))
        self.reason = reason
        isWarning = reason.isWarning
        self.otherLine = otherLine
        let meaning = reason.meaning
        let chineseDetail = otherLine.map { "第\($0)行" } ?? (hint.chinese + detail)
        let englishDetail = otherLine.map { "line \($0)" } ?? (hint.english + detail)
        chinese = chineseDetail.isEmpty ? meaning.chinese : "\(meaning.chinese)：\(chineseDetail)"
        english = englishDetail.isEmpty ? meaning.english : "\(meaning.english): \(englishDetail)"
    }
}

/// The problems of a file: all of them counted, the first of them listed.
struct CatalogProblems {
    /// How many errors, and how many warnings, are listed.
    static let listedMax = 1_000

    private(set) var errors: [CatalogProblem] = []
    private(set) var warnings: [CatalogProblem] = []
    private(set) var errorCount = 0
    private(set) var warningCount = 0

    /// Those that are listed, by line.
    var listed: [CatalogProblem] { (errors + warnings).sorted { $0.line < $1.line } }

    mutating func note(_ problem: CatalogProblem) {
        if problem.isWarning {
            warningCount += 1
            if warnings.count < Self.listedMax { warnings.append(problem) }
        } else {
            errorCount += 1
            if errors.count < Self.listedMax { errors.append(problem) }
        }
    }

    mutating func note(_ problems: [CatalogProblem]) {
        for problem in problems { note(problem) }
    }

    /// Takes in those of another list, also the ones it does not list.
    mutating func add(_ others: CatalogProblems) {
        note(others.errors, of: others.errorCount)
        note(others.warnings, of: others.warningCount)
    }

    /// Counts problems of one kind of which only the first are known.
    mutating func note(_ first: [CatalogProblem], of count: Int) {
        for problem in first { note(problem) }
        if first.first?.isWarning == true {
            warningCount += count - first.count
        } else {
            errorCount += count - first.count
        }
    }
}
