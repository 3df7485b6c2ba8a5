public import Formulary
public import Parties
public import Primitives

/// A prescription as rules look at it: everything they need, read before they begin.
public struct CheckedPrescription: Sendable {
    public var patient: CheckedPatient
    /// The day that ages, courses and current medication are counted on.
    public var on: CalendarDate
    /// Whether it is a long prescription (长期处方).
    public var isLong: Bool
    /// The level of the facility where it is written.
    public var level: FacilityLevel
    public var lines: [CheckedLine]
    /// What the patient still takes from earlier prescriptions.
    public var current: [CurrentMedication]

    public init(
        patient: CheckedPatient, on: CalendarDate, isLong: Bool = false, level: FacilityLevel, lines: [CheckedLine],
        current: [CurrentMedication] = []
    ) {
        self.patient = patient
        self.on = on
        self.isLong = isLong
        self.level = level
        self.lines = lines
        self.current = current
    }
}

/// One product of a prescription.
public struct CheckedLine: Sendable, Hashable {
    /// From 1.
    public var number: Int
    public var product: Product
    /// Taken at once, in base units of the product.
    public var dose: DoseAmount
    public var frequency: DosingFrequency
    /// A ``RouteGroup``'s name when the prescriber chose another way than the dosage form's usual one.
    public var route: String?
    /// Of the course.
    public var days: Int
    /// Base units, for the whole course.
    public var quantity: BaseUnits

    public init(
        number: Int, product: Product, dose: DoseAmount, frequency: DosingFrequency, route: String? = nil, days: Int,
        quantity: BaseUnits
    ) {
        self.number = number
        self.product = product
        self.dose = dose
        self.frequency = frequency
        self.route = route
        self.days = days
        self.quantity = quantity
    }
}

/// A medicine that an earlier prescription still covers.
public struct CurrentMedication: Sendable, Hashable {
    public var product: Product
    /// The last day it covers.
    public var through: CalendarDate
    /// The number of the prescription, for the reader: `CF-2026-000123`.
    public var document: String

    public init(product: Product, through: CalendarDate, document: String) {
        self.product = product
        self.through = through
        self.document = document
    }
}
