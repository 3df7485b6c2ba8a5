public import Primitives

/// Every way the formulary says no.
public enum FormularyRefusalCode: String, RefusalCode {
    case productUnknown = "formulary.product-unknown"
    case articleUnknown = "formulary.article-unknown"

    public var category: RefusalCategory {
        switch self {
        case .productUnknown, .articleUnknown: .missing
        }
    }

    public var meaning: Phrase {
        switch self {
        case .productUnknown: Phrase("目录中没有这个品种", "There is no such product")
        case .articleUnknown: Phrase("目录中没有这个包装规格", "There is no such article")
        }
    }
}

public typealias FormularyRefusal = Refused<FormularyRefusalCode>
