public import LongPrescriptions
import Postgres
public import Primitives

public typealias RefillWarningID = Identifier<RefillWarning>

/// An early warning: a product of an instalment will be missing at the chosen pharmacy on the due day.
///
/// It is raised once and resolved once; when the product is missing again a new one is raised. While it is open the figures
/// follow each reckoning, after that they stay.
public struct RefillWarning: Sendable, Hashable, Codable {
    public let id: RefillWarningID
    public let plan: LongPlanID
    public let instalment: Int
    /// The chosen pharmacy.
    public let store: StoreID
    public let storeName: String
    public let product: WarnedProduct
    /// Base units of the product in the instalment.
    public let quantity: BaseUnits
    /// Base units of these that will not be there, more than 0.
    public let missing: BaseUnits
    public let dueOn: CalendarDate
    /// From this day on less is left than the instalment needs.
    public let runsOutOn: CalendarDate
    public let raisedAt: Instant
    /// `nil` while it is open.
    public let resolvedAt: Instant?
    public let resolution: WarningResolution?
    /// Whose instalment it is; `nil` for those who do not see patients.
    public let patient: WarnedPatient?
}

/// What is missing, as people call it.
public struct WarnedProduct: Sendable, Hashable, Codable {
    public let id: ProductID
    public let code: String
    public let genericName: String
    public let strength: String
    public let baseUnit: String
}

/// Whose instalment will not be met.
public struct WarnedPatient: Sendable, Hashable, Codable {
    public let prescriptionNumber: String
    public let number: String
    public let name: String
    /// Masked.
    public let phone: String
}

/// How an early warning came to its end.
public enum WarningResolution: String, StoredText, Codable, CaseIterable {
    /// Enough is there, set aside or expected in time again.
    case met
    /// The instalment was collected, here or elsewhere.
    case collected
    /// The instalment was not collected in time and waits for a follow-up.
    case missed
    /// It is due later now, beyond the days that warnings look ahead.
    case postponed
    /// The patient chose another pharmacy.
    case moved
    /// The plan is suspended, or an alert was raised.
    case interrupted
    /// The plan or its prescription is over.
    case ended
}
