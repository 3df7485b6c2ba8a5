import Foundation
import Postgres
public import Primitives

/// Every way the flow of prescriptions says no.
public enum PrescriptionFlowRefusalCode: String, RefusalCode {
    case sharingUnknown = "prescription-flow.sharing-unknown"
    case deliveryUnknown = "prescription-flow.delivery-unknown"
    case documentIDTaken = "prescription-flow.document-id-taken"
    case sharingWrongState = "prescription-flow.sharing-wrong-state"
    case deliveryWrongState = "prescription-flow.delivery-wrong-state"
    case deliveredAlready = "prescription-flow.delivered-already"
    case nothingOpen = "prescription-flow.nothing-open"
    case sameStore = "prescription-flow.same-store"
    case productNotShared = "prescription-flow.product-not-shared"
    case productNotPrescribed = "prescription-flow.product-not-prescribed"
    case quantityInvalid = "prescription-flow.quantity-invalid"
    case reasonMissing = "prescription-flow.reason-missing"
    case productNotDelivered = "prescription-flow.product-not-delivered"
    case coldChainUndeclared = "prescription-flow.cold-chain-undeclared"
    case addressMissing = "prescription-flow.address-missing"
    case recipientUnidentified = "prescription-flow.recipient-unidentified"

    public var category: RefusalCategory {
        switch self {
        case .sharingUnknown, .deliveryUnknown: .missing
        case .documentIDTaken, .sharingWrongState, .deliveryWrongState, .deliveredAlready, .nothingOpen: .conflict
        case .sameStore, .productNotShared, .productNotPrescribed, .quantityInvalid, .reasonMissing, .productNotDelivered,
            .coldChainUndeclared, .addressMissing, .recipientUnidentified:
            .invalid
        }
    }

    public var meaning: Phrase {
        switch self {
        case .sharingUnknown: Phrase("没有这张药品共享申请", "There is no such sharing request")
        case .deliveryUnknown: Phrase("没有这张送药单", "There is no such delivery")
        case .documentIDTaken: Phrase("单据标识已被使用", "The document's id is already taken")
        case .sharingWrongState: Phrase("共享申请当前状态不允许此操作", "The sharing request is in a state that does not allow this")
        case .deliveryWrongState: Phrase("送药单当前状态不允许此操作", "The delivery is in a state that does not allow this")
        case .deliveredAlready: Phrase("这张发药单已安排送药", "The dispensing is being delivered or was")
        case .nothingOpen: Phrase("该明细已全部发出", "Nothing of the line is still to be handed out")
        case .sameStore: Phrase("申请方与被申请方须为不同库房", "A store asks another store")
        case .productNotShared: Phrase("麻醉药品和第一类精神药品不得共享调拨", "Narcotic and class I psychotropic drugs are not shared")
        case .productNotPrescribed: Phrase("处方中没有该药品或明细", "The prescription does not name it")
        case .quantityInvalid: Phrase("数量须为正整数且不超出范围", "A quantity is positive and within bounds")
        case .reasonMissing: Phrase("须说明原因", "A reason is needed")
        case .productNotDelivered: Phrase("特殊管理药品不得配送到家、到村", "Specially controlled medicines are not delivered")
        case .coldChainUndeclared: Phrase("冷藏药品须承诺全程冷链方可配送", "What is stored cold is delivered only when it is kept cold")
        case .addressMissing: Phrase("须填写送药地址", "A delivery needs an address")
        case .recipientUnidentified: Phrase("代收人须核验身份号码", "A proxy is identified by name and resident number")
        }
    }
}

public typealias PrescriptionFlowRefusal = Refused<PrescriptionFlowRefusalCode>

/// Runs `body`; a violation of `constraint` becomes `refusal`.
func refusing(_ constraint: String, as refusal: @autoclosure () -> PrescriptionFlowRefusal, _ body: () throws -> Void) throws {
    do {
        try body()
    } catch let error as PostgresError where error.constraint == constraint {
        throw refusal()
    }
}

extension String {
    /// Without blanks and line ends around it.
    var trimmed: String { trimmingCharacters(in: .whitespacesAndNewlines) }

    /// A reason of 1 to 500 characters, without the blanks around it.
    ///
    /// - Throws: ``PrescriptionFlowRefusal`` `prescription-flow.reason-missing`.
    func asReason(for what: String) throws(PrescriptionFlowRefusal) -> String {
        let reason = trimmed
        guard (1...500).contains(reason.count) else {
            throw PrescriptionFlowRefusal(.reasonMissing, "\(what): 1 to 500 characters", field: "reason")
        }
        return reason
    }
}
