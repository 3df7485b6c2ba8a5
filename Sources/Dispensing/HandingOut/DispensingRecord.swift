import Postgres
public import Primitives
public import StockLedger

public typealias DispensingID = DocumentID<DispensingRecord>

/// The four checks before medicines are handed out (四查十对).
///
/// Source: prescription rules (处方管理办法): the prescription (department, name, age); the drug (name, form, strength,
/// quantity); incompatibility (appearance, usage and dose); rational use (diagnosis).
public enum DispensingCheck: String, StoredText, Codable, CaseIterable {
    case prescription, drug, incompatibility
    case rationalUse = "rational-use"
}

/// A quantity of one line of a prescription that is to be handed out.
public struct HandOutLine: Sendable, Hashable, Codable {
    /// The line of the prescription, from 1.
    public var line: Int
    /// Base units.
    public var quantity: BaseUnits

    public init(line: Int, quantity: BaseUnits) {
        self.line = line
        self.quantity = quantity
    }
}

/// That a prescription, or a part of it, was handed out from one store.
public struct DispensingRecord: Sendable, Hashable, Codable {
    public let id: DispensingID
    /// `FY-2026-000123`.
    public let number: String
    public let prescription: PrescriptionID
    /// The version of the prescription that was dispensed.
    public let version: Int
    /// 1, 2, … of the prescription.
    public let part: Int
    public let store: StoreID
    public let dispenser: PersonID
    public let movement: MovementID
    public let dispensedAt: Instant
    public let dispensedOn: CalendarDate
    /// Whether one pharmacist reviewed and dispensed, and checked twice, where there is no other.
    public let selfChecked: Bool
    public let checks: [DispensingCheck]
    /// The last day on which the record must still be there.
    public let retainThrough: CalendarDate
    public let lines: [DispensedLine]

    /// The ledger's name for the document.
    static func document(_ id: DispensingID) -> String { "dispensing \(id)" }
}

/// What one batch gave to one line of a prescription.
public struct DispensedLine: Sendable, Hashable, Codable {
    /// 1, 2, … within the dispensing.
    public let number: Int
    /// The line of the prescription, from 1.
    public let prescriptionLine: Int
    /// The batch, and how much of it was handed out.
    public let pick: Pick
    /// Base units that have come back.
    public let returned: BaseUnits
}

extension PrescriptionKind {
    /// How many years the prescription is kept from the day it was dispensed.
    ///
    /// Source: prescription rules: general and emergency one year; toxic two (measures of 1988, article 9); psychotropic
    /// II two; narcotic and psychotropic I three. The figures are minima.
    public var yearsKept: Int {
        switch self {
        case .ordinary, .emergency, .long, .herbal: 1
        case .psychotropicII, .toxic: 2
        case .narcotic: 3
        }
    }

    /// The last day of keeping; a year counts 366 days, so it is never too short.
    func retainThrough(from day: CalendarDate) -> CalendarDate { day.adding(days: yearsKept * 366) }
}
