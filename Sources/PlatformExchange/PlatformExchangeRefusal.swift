public import Primitives

/// Every way the exchange with platforms says no to a person.
public enum PlatformExchangeRefusalCode: String, RefusalCode {
    case platformUnknown = "platform-exchange.platform-unknown"
    case platformUndescribed = "platform-exchange.platform-undescribed"
    case accountUnknown = "platform-exchange.account-unknown"
    case accountIncomplete = "platform-exchange.account-incomplete"
    case addressInvalid = "platform-exchange.address-invalid"
    case codeInvalid = "platform-exchange.code-invalid"
    case kindBoughtElsewhere = "platform-exchange.kind-bought-elsewhere"
    case differenceUnknown = "platform-exchange.difference-unknown"
    case invoiceUnknown = "platform-exchange.invoice-unknown"
    case invoiceDecided = "platform-exchange.invoice-decided"
    case invoicesInvalid = "platform-exchange.invoices-invalid"
    case invoiceNotAccepted = "platform-exchange.invoice-not-accepted"
    case invoicePaid = "platform-exchange.invoice-paid"
    case payerAccepted = "platform-exchange.payer-accepted"
    case settlementUnknown = "platform-exchange.settlement-unknown"
    case settlementNotConfirmable = "platform-exchange.settlement-not-confirmable"
    case deliveriesNotSettled = "platform-exchange.deliveries-not-settled"
    case reasonMissing = "platform-exchange.reason-missing"

    public var category: RefusalCategory {
        switch self {
        case .platformUnknown, .accountUnknown, .differenceUnknown, .invoiceUnknown, .settlementUnknown: .missing
        case .kindBoughtElsewhere, .invoiceDecided, .invoiceNotAccepted, .invoicePaid, .payerAccepted, .settlementNotConfirmable,
            .deliveriesNotSettled,
            .platformUndescribed:
            .conflict
        case .accountIncomplete, .addressInvalid, .codeInvalid, .reasonMissing, .invoicesInvalid: .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .platformUnknown: Phrase("没有该平台的接口目录", "There is no catalogue of this platform")
        case .platformUndescribed:
            Phrase("该平台的接口规范尚未取得，不能登记账户", "How this platform is spoken to is not known; no account can be registered there")
        case .accountUnknown: Phrase("本联合体在该平台没有账户", "The consortium has no account at this platform")
        case .accountIncomplete: Phrase("平台账户信息不完整", "Something is missing in the account")
        case .addressInvalid: Phrase("平台地址无效（须为 https）", "The platform's address is none, or not under TLS")
        case .kindBoughtElsewhere: Phrase("该类商品已在另一平台账户采购", "Another active account buys this kind of product")
        case .differenceUnknown: Phrase("没有这项未处理的差异", "There is no such open difference")
        case .invoiceUnknown: Phrase("没有这张发票", "There is no such invoice")
        case .invoiceDecided: Phrase("该发票已作出决定", "The invoice was decided already")
        case .invoicesInvalid: Phrase("发票清单为空、过多或有重复", "There is no invoice, there are too many, or one is named twice")
        case .invoiceNotAccepted: Phrase("发票未通过验收，不能付款", "An invoice that is not accepted is not paid")
        case .invoicePaid: Phrase("该发票已付款", "The invoice was paid already")
        case .payerAccepted: Phrase("对不符发票予以验收的人不能付款", "Who accepted an invoice that did not match does not pay it")
        case .settlementUnknown: Phrase("没有这张结算单", "There is no such settlement")
        case .settlementNotConfirmable:
            Phrase("该结算单没有等待人工确认的这一步", "No such step of the settlement waits for somebody to look")
        case .deliveriesNotSettled:
            Phrase("发票对应的配送明细未知或已结算", "A delivery that the invoice is for is not known, or is settled already")
        case .reasonMissing: Phrase("必须说明原因", "A reason must be given")
        case .codeInvalid: Phrase("平台编码为空，或对应的药品、企业、库房不存在", "A code is empty, or what it stands for is not known")
        }
    }
}

public typealias PlatformExchangeRefusal = Refused<PlatformExchangeRefusalCode>

extension String {
    /// Whether it holds more than blanks.
    var saysSomething: Bool { contains { !$0.isWhitespace } }
}
