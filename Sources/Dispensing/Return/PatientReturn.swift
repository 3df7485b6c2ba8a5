public import Formulary
import Postgres
public import Primitives
public import StockLedger

public typealias PatientReturnID = DocumentID<PatientReturn>

/// Why a patient brings medicines back.
public enum ReturnReason: String, StoredText, Codable, CaseIterable {
    case quality
    case adverseReaction = "adverse-reaction"
    /// The wrong medicine or quantity was handed out.
    case dispensingError = "dispensing-error"
    /// The patient does not want it any more.
    case unwanted
}

/// That medicines came back to the store that had dispensed them.
public struct PatientReturn: Sendable, Hashable, Codable {
    public let id: PatientReturnID
    /// `TY-2026-000123`.
    public let number: String
    public let dispensing: DispensingID
    public let reason: ReturnReason
    public let explanation: String
    public let receiver: PersonID
    public let returnedAt: Instant
    public let lines: [ReturnedLine]

    static func document(_ id: PatientReturnID) -> String { "patient-return \(id)" }
}

/// A quantity of one dispensed line that came back.
public struct ReturnedLine: Sendable, Hashable, Codable {
    /// The line of the dispensing, from 1.
    public let dispensedLine: Int
    public let quantity: BaseUnits
    /// Where it was put: available or quarantined.
    public let into: InsideState
    /// The boxes that came back.
    public let codes: [String]
}

extension ReturnReason {
    /// Where returned medicine goes.
    ///
    /// It becomes usable stock only when it was handed out by mistake, in whole packs that are unopened, it needs no cold, and
    /// it is no controlled drug; else it is quarantined and leaves quarantine by an inspection record. What came out of an
    /// opened pack was never unopened.
    ///
    /// Source: R-RX-11, what was dispensed is not taken back except for quality reasons; R-ST-01; R-ST-02; R-CD-01.
    ///
    /// - Parameter isWholePacks: whether the quantity is whole packs that were handed out whole.
    /// - Throws: ``DispensingRefusal`` with code `returnNotAllowed` for what the patient does not want any more.
    public func destination(
        of product: Product, isUnopened: Bool, isWholePacks: Bool
    ) throws(DispensingRefusal) -> InsideState {
        switch self {
        case .quality, .adverseReaction: return .quarantined
        case .dispensingError:
            let isUncontrolled = product.specialControl == .none && [.room, .cool].contains(product.storage)
            return isUnopened && isWholePacks && isUncontrolled ? .available : .quarantined
        case .unwanted:
            throw DispensingRefusal(.returnNotAllowed, "\(product.label) is not taken back as unwanted", field: "reason")
        }
    }
}
