public import Primitives

/// Every way the formulary says no.
public enum FormularyRefusalCode: String, RefusalCode {
    case productUnknown = "formulary.product-unknown"
    case articleUnknown = "formulary.article-unknown"
    case articleWithdrawn = "formulary.article-withdrawn"
    case textTooLong = "formulary.text-too-long"

    // A consortium's formulary and its versions.
    case versionUnknown = "formulary.version-unknown"
    case draftExists = "formulary.draft-exists"
    case versionNotDraft = "formulary.version-not-draft"
    case versionEmpty = "formulary.version-empty"
    case validFromInPast = "formulary.valid-from-in-past"
    case validFromTaken = "formulary.valid-from-taken"
    case versionInForce = "formulary.version-in-force"
    case versionWithdrawn = "formulary.version-withdrawn"
    case entryUnknown = "formulary.entry-unknown"
    case entriesMissing = "formulary.entries-missing"
    case entryRepeated = "formulary.entry-repeated"
    case entryLevelsMissing = "formulary.entry-levels-missing"
    case entryDaysOutOfRange = "formulary.entry-days-out-of-range"

    // What may be ordered and prescribed.
    case noVersionInForce = "formulary.no-version-in-force"
    case productNotInFormulary = "formulary.product-not-in-formulary"
    case levelNotPermitted = "formulary.level-not-permitted"

    // Catalogue files.
    case catalogNotUTF8 = "formulary.catalog-not-utf8"
    case catalogTooLarge = "formulary.catalog-too-large"
    case catalogRowTooLong = "formulary.catalog-row-too-long"
    case catalogSpreadsheet = "formulary.catalog-spreadsheet"
    case catalogUnreadable = "formulary.catalog-unreadable"
    case catalogQuoteOpen = "formulary.catalog-quote-open"
    case catalogQuoteMisplaced = "formulary.catalog-quote-misplaced"
    case catalogEmpty = "formulary.catalog-empty"
    case catalogKindUnknown = "formulary.catalog-kind-unknown"
    case catalogColumnsMissing = "formulary.catalog-columns-missing"
    case catalogColumnsUnknown = "formulary.catalog-columns-unknown"
    case catalogColumnsRepeated = "formulary.catalog-columns-repeated"

    // Editions of catalogues.
    case editionUnknown = "formulary.edition-unknown"
    case editionNameMissing = "formulary.edition-name-missing"
    case editionNotOfArticles = "formulary.edition-not-of-articles"
    case editionExists = "formulary.edition-exists"
    case editionOutOfOrder = "formulary.edition-out-of-order"
    case editionNotProposed = "formulary.edition-not-proposed"
    case editionOvertaken = "formulary.edition-overtaken"
    case editionNotBegun = "formulary.edition-not-begun"
    case editionHasUnusableRows = "formulary.edition-has-unusable-rows"

    public var category: RefusalCategory {
        switch self {
        case .productUnknown, .articleUnknown, .versionUnknown, .entryUnknown, .editionUnknown: .missing
        case .draftExists, .versionNotDraft, .versionEmpty, .validFromTaken, .versionInForce, .versionWithdrawn,
            .noVersionInForce, .articleWithdrawn, .editionExists, .editionNotProposed, .editionOvertaken, .editionNotBegun,
            .editionHasUnusableRows:
            .conflict
        case .catalogNotUTF8, .catalogTooLarge, .catalogRowTooLong, .catalogSpreadsheet, .catalogUnreadable,
            .catalogQuoteOpen, .catalogQuoteMisplaced:
            .malformed
        case .textTooLong, .validFromInPast, .entriesMissing, .entryRepeated, .entryLevelsMissing, .entryDaysOutOfRange,
            .productNotInFormulary, .levelNotPermitted, .catalogEmpty, .catalogKindUnknown, .catalogColumnsMissing,
            .catalogColumnsUnknown, .catalogColumnsRepeated, .editionNameMissing, .editionNotOfArticles, .editionOutOfOrder:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .productUnknown: Phrase("目录中没有这个品种", "There is no such product")
        case .articleUnknown: Phrase("目录中没有这个包装规格", "There is no such article")
        case .articleWithdrawn: Phrase("该包装规格已撤出目录，不能新增采购", "The article has been withdrawn: it is not chosen anew")
        case .textTooLong: Phrase("文字过长", "The text is too long")
        case .versionUnknown: Phrase("本医联体没有这个用药目录版本", "There is no such version of the formulary")
        case .draftExists: Phrase("已有一个未发布的目录草案", "There is already a draft of the formulary")
        case .versionNotDraft: Phrase("只有草案可以修改", "Only a draft can be changed")
        case .versionEmpty: Phrase("目录没有任何品种，不能发布", "A formulary without entries cannot be published")
        case .validFromInPast: Phrase("生效日期不能早于今天", "A version cannot begin in the past")
        case .validFromTaken: Phrase("该日期已有另一个版本生效", "Another version begins on that day")
        case .versionInForce: Phrase("已经生效的版本不能撤回", "A version that has come into force cannot be withdrawn")
        case .versionWithdrawn: Phrase("该版本已经撤回", "The version has been withdrawn")
        case .entryUnknown: Phrase("该版本没有这个品种", "The version has no such entry")
        case .entriesMissing: Phrase("没有给出任何品种", "No entry is given")
        case .entryRepeated: Phrase("同一品种给出了两次", "The same product is given twice")
        case .entryLevelsMissing: Phrase("没有给出可用的机构层级", "No level of facility is given")
        case .entryDaysOutOfRange: Phrase("最长天数须为1至365", "The greatest number of days is from 1 to 365")
        case .noVersionInForce: Phrase("当日没有生效的用药目录", "No version of the formulary is in force on that day")
        case .productNotInFormulary: Phrase("该品种不在统一用药目录内", "The product is not in the formulary")
        case .levelNotPermitted:
            Phrase("该品种不供本层级机构使用", "The formulary does not permit the product at this level of facility")
        case .catalogNotUTF8: Phrase("文件既不是UTF-8也不是GB 18030编码", "The file is neither UTF-8 nor GB 18030")
        case .catalogTooLarge: Phrase("文件过大", "The file is too large")
        case .catalogRowTooLong: Phrase("一行过长，可能缺引号", "A row is too long; a quote may be missing")
        case .catalogSpreadsheet: Phrase("这是电子表格文件，不是CSV", "The file is a spreadsheet, not CSV")
        case .catalogUnreadable: Phrase("文件无法读取", "The file cannot be read")
        case .catalogQuoteOpen: Phrase("引号没有结束", "A quoted field does not end")
        case .catalogQuoteMisplaced: Phrase("引号位置不对", "A quote stands where none may stand")
        case .catalogEmpty: Phrase("文件没有数据行", "The file has no rows")
        case .catalogKindUnknown: Phrase("认不出文件种类", "The columns are those of no catalogue")
        case .catalogColumnsMissing: Phrase("缺少列", "Columns are missing")
        case .catalogColumnsUnknown: Phrase("有多余的列", "Columns are not known")
        case .catalogColumnsRepeated: Phrase("列名重复", "Columns are repeated")
        case .editionUnknown: Phrase("没有这一版目录", "There is no such edition")
        case .editionNameMissing: Phrase("没有给出目录名称或版次", "The catalogue's name or the edition's label is missing")
        case .editionNotOfArticles: Phrase("只有包装规格目录分版次", "Only catalogues of articles have editions")
        case .editionExists: Phrase("该目录的这一版已经采用", "This edition of the catalogue has been accepted before")
        case .editionOutOfOrder: Phrase("该版早于已采用的一版", "The edition begins before one that was accepted")
        case .editionNotProposed: Phrase("该版已经采用或放弃", "The edition has been accepted or discarded already")
        case .editionOvertaken: Phrase("比对之后目录又有变动，请重新比对", "The catalogue has changed since: compare the edition again")
        case .editionNotBegun: Phrase("该版尚未开始生效", "The edition has not begun")
        case .editionHasUnusableRows: Phrase("文件中有不能使用的行", "Rows of the file cannot be used")
        }
    }
}

public typealias FormularyRefusal = Refused<FormularyRefusalCode>
