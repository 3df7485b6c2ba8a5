public import Primitives

/// Every way the rules of medication say no.
public enum MedicationRulesRefusalCode: String, RefusalCode {
    case filesMissing = "medication-rules.files-missing"
    case fileRepeated = "medication-rules.file-repeated"
    case editionDiffers = "medication-rules.edition-differs"
    case limitOutOfRange = "medication-rules.limit-out-of-range"
    case limitLooser = "medication-rules.limit-looser"
    case limitPeriodInvalid = "medication-rules.limit-period-invalid"
    case reasonMissing = "medication-rules.reason-missing"
    case regionInvalid = "medication-rules.region-invalid"
    case groupUnknown = "medication-rules.group-unknown"

    public var category: RefusalCategory {
        switch self {
        case .editionDiffers, .limitLooser: .conflict
        case .groupUnknown: .missing
        case .filesMissing, .fileRepeated, .limitOutOfRange, .limitPeriodInvalid, .reasonMissing, .regionInvalid: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .filesMissing: Phrase("用药规则目录须各文件一并导入", "The files of the rule catalogue are imported together")
        case .fileRepeated: Phrase("同一种规则文件出现了两次", "A file of the rule catalogue is given twice")
        case .editionDiffers:
            Phrase("该版本已导入且内容不同，请另定版本号", "This version was imported with other content: give it another version")
        case .limitOutOfRange: Phrase("限值不在允许范围内", "The value is out of the range of this limit")
        case .limitLooser: Phrase("硬性规定只能从严，不得放宽", "This limit may be set stricter than the region's and not looser")
        case .limitPeriodInvalid: Phrase("生效期不成立", "A limit begins today or later and does not end before it begins")
        case .reasonMissing: Phrase("请填写依据", "This needs a source or reason")
        case .regionInvalid: Phrase("行政区划代码须为六位数字", "A region is six digits of the national code of regions")
        case .groupUnknown: Phrase("没有这个药物或药物组", "There is no such substance or group")
        }
    }
}

public typealias MedicationRulesRefusal = Refused<MedicationRulesRefusalCode>
