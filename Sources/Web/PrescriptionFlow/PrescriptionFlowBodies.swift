import Dispensing
import PrescriptionFlow
import Primitives
import Requisitions
import StockLedger

/// Where a patient collects; `null` takes the choice back.
struct PharmacyChoiceBody: Codable, Sendable {
    let store: StoreID?
}

/// What one store asks of another. The caller may choose the request's id.
struct SharingBody: Codable, Sendable {
    let sharing: SharingID?
    /// The store that lacks it.
    let asking: StoreID
    /// The store that is asked.
    let holding: StoreID
    let product: ProductID
    /// Base units.
    let quantity: BaseUnits
    let prescription: PrescriptionID?
    let reason: String
}

/// An answer to a sharing request; who declines gives a reason.
struct SharingAnswerBody: Codable, Sendable {
    enum Decision: String, Codable, Sendable, CaseIterable {
        case agree, decline
    }

    let decision: Decision
    /// Base units that will be sent; all that was asked for unless told.
    let quantity: BaseUnits?
    let reason: String?

    var answer: AnswerSharing.Answer {
        switch decision {
        case .agree: .agree(quantity: quantity)
        case .decline: .decline(reason: reason ?? "")
        }
    }
}

/// The caller may choose the transfer's id.
struct SharingShipmentBody: Codable, Sendable {
    let transfer: TransferID?
}

/// What did not arrive; nothing when all did.
struct SharingReceiptBody: Codable, Sendable {
    let missing: [BatchLine]?
    let reason: String?
}

struct FlowReasonBody: Codable, Sendable {
    let reason: String
}

/// A delivery. The caller may choose its id.
struct DeliveryBody: Codable, Sendable {
    let delivery: DeliveryID?
    let place: DeliveryPlace
    let address: String
    /// Declares that it is kept cold all the way.
    let keepsCold: Bool?
}

/// A step of a delivery; one that comes to nothing gives a reason.
struct DeliveryStepBody: Codable, Sendable {
    enum Step: String, Codable, Sendable, CaseIterable {
        case depart, fail
        case comeBack = "come-back"
        case cancel
    }

    let step: Step
    let reason: String?

    var move: MoveDelivery.Step {
        switch step {
        case .depart: .depart
        case .fail: .fail(reason: reason ?? "")
        case .comeBack: .comeBack
        case .cancel: .cancel(reason: reason ?? "")
        }
    }
}

/// Who took a delivery. A proxy is named with the resident number, which is not kept.
struct DeliveryHandoverBody: Codable, Sendable {
    let recipient: Recipient
    let name: String?
    let residentNumber: String?

    var taker: HandOverDelivery.Taker {
        switch recipient {
        case .patient: .patient
        case .proxy: .proxy(name: name ?? "", residentNumber: residentNumber ?? "")
        }
    }
}

/// A line that cannot be met. The caller may choose the report's id.
struct PrescriptionShortageBody: Codable, Sendable {
    let shortage: ShortageID?
    /// Of the prescription, from 1.
    let line: Int
    let facility: FacilityID
    /// Base units; all that is open of the line unless told.
    let quantity: BaseUnits?
}
