public import Primitives

/// Every way prices say no.
public enum PricesRefusalCode: String, RefusalCode {
    case priceUnknown = "prices.price-unknown"
    case platformUnknown = "prices.platform-unknown"
    case platformNotChosen = "prices.platform-not-chosen"
    case overlaps = "prices.overlaps"
    case priceInvalid = "prices.price-invalid"
    case periodInvalid = "prices.period-invalid"
    case aboveCeiling = "prices.above-ceiling"
    case sourceMissing = "prices.source-missing"
    case reasonMissing = "prices.reason-missing"
    case linesInvalid = "prices.lines-invalid"
    case columnsUnusable = "prices.columns-unusable"

    public var category: RefusalCategory {
        switch self {
        case .priceUnknown, .platformUnknown: .missing
        case .platformNotChosen, .overlaps: .conflict
        case .priceInvalid, .periodInvalid, .aboveCeiling, .sourceMissing, .reasonMissing, .linesInvalid, .columnsUnusable:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .priceUnknown: Phrase("没有这个有效的价格记录", "There is no such price, or it no longer counts")
        case .platformUnknown: Phrase("没有这个采购平台", "There is no such platform")
        case .platformNotChosen: Phrase("医联体尚未选定采购平台", "The consortium has not chosen its platform")
        case .overlaps: Phrase("与已有价格的有效期重叠", "Another price is on record for some of these days")
        case .priceInvalid: Phrase("价格须为正且在范围内", "A price is above zero and within bounds")
        case .periodInvalid: Phrase("有效期不成立", "The days of validity do not hold")
        case .aboveCeiling: Phrase("价格高于最高限价", "The price is above the ceiling")
        case .sourceMissing: Phrase("须注明价格依据文件", "The document that a price is taken from is named")
        case .reasonMissing: Phrase("须书面说明理由", "A reason is written down")
        case .linesInvalid: Phrase("价格行缺失或过多", "Prices are missing or too many")
        case .columnsUnusable: Phrase("价格文件的列名不对", "The file does not have the columns of a price list")
        }
    }
}

public typealias PricesRefusal = Refused<PricesRefusalCode>

extension String {
    /// Whether there is something to read.
    var saysSomething: Bool { contains { !$0.isWhitespace } }
}
