import Postgres
public import Primitives

/// The state of stock inside a store.
public enum InsideState: String, StoredText, Codable, CaseIterable {
    /// May be issued while it is not expired.
    case available
    /// Set aside for a patient or an order.
    case reserved
    /// Held back: returned, damaged, recalled, under question.
    case quarantined
    /// On its way to the store from another store of the consortium.
    case inTransit = "in-transit"
}

/// Where stock comes from or goes to when it is not in a store of the consortium.
public enum Outside: String, StoredText, Codable, CaseIterable {
    case supplier, patient, ward, loss, adjustment
    /// What was there when the ledger began.
    case opening

    /// Whether stock that goes there was used by those it is kept for.
    var isConsumption: Bool { self == .patient || self == .ward }
}

/// An account of the ledger.
public enum Place: Hashable, Sendable {
    case inside(StoreID, InsideState)
    case outside(Outside)

    var store: StoreID? {
        if case .inside(let store, _) = self { store } else { nil }
    }

    var stateText: String {
        switch self {
        case .inside(_, let state): state.rawValue
        case .outside(let outside): outside.rawValue
        }
    }
}

/// Why stock moved.
public enum MovementKind: String, StoredText, Codable, CaseIterable {
    case opening, receipt, issue
    case patientReturn = "patient-return"
    case supplierReturn = "supplier-return"
    case transferOut = "transfer-out"
    case transferIn = "transfer-in"
    case quarantine, release, adjustment, destruction, reversal
    /// Usable stock is set aside.
    case reservation
    /// What was set aside is usable by anybody again.
    case reservationRelease = "reservation-release"
}
