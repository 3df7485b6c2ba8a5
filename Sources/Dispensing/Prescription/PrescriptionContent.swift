public import MedicationRules
public import Primitives

/// One product of a prescription.
public struct PrescriptionLine: Sendable, Hashable, Codable {
    public let product: ProductID
    /// Base units, for the whole course.
    public let quantity: BaseUnits
    /// The single dose in words, as the label shows it: `5mg (1片)`.
    public let doseText: String
    /// The single dose in base units; of a herbal piece, what one boiling holds.
    public let dose: DoseAmount
    /// How it is given; `nil` when nobody said.
    public let route: AdministrationRoute?
    public let frequency: DosingFrequency
    /// How long the course is.
    public let days: Int
    /// What else is to be heeded (嘱托): `饭后`, of a herbal piece `先煎`.
    public let note: String
    public let insurance: LineInsurance?

    public init(
        product: ProductID, quantity: BaseUnits, doseText: String, dose: DoseAmount, route: AdministrationRoute? = nil,
        frequency: DosingFrequency, days: Int, note: String = "", insurance: LineInsurance? = nil
    ) {
        self.product = product
        self.quantity = quantity
        self.doseText = doseText
        self.dose = dose
        self.route = route
        self.frequency = frequency
        self.days = days
        self.note = note
        self.insurance = insurance
    }
}

/// Where in a facility a prescription is written.
public struct Department: Sendable, Hashable, Codable {
    /// The facility's own code, or one of the national list.
    public let code: String
    public let name: String

    public init(code: String = "", name: String) {
        self.code = code
        self.name = name
    }
}

/// What the prescriber writes and signs; an amendment writes it anew as the next version.
public struct PrescriptionContent: Sendable, Hashable, Codable {
    /// A code of the main diagnosis (ICD-10); empty when only words are given.
    public let diagnosisCode: String
    /// The main diagnosis in words.
    public let diagnosis: String
    public let otherDiagnoses: [Diagnosis]
    public let department: Department?
    /// How many days the prescription may be dispensed on, the day it is written counted: 1 is that day only.
    public let validityDays: Int
    /// Why the supply is longer than usual; empty when it is not.
    public let reason: String
    public let purpose: ControlledPurpose
    /// What the prescriber has recorded for a long prescription; empty on any other.
    public let longRecords: [LongRecord]
    /// On a herbal prescription; `nil` on any other, and on those of the time before they were asked for.
    public let herbal: HerbalDirections?
    public let encounter: Encounter?
    public let lines: [PrescriptionLine]

    public init(
        diagnosisCode: String = "", diagnosis: String, otherDiagnoses: [Diagnosis] = [], department: Department? = nil,
        validityDays: Int = 1, reason: String = "", purpose: ControlledPurpose = .none, longRecords: [LongRecord] = [],
        herbal: HerbalDirections? = nil, encounter: Encounter? = nil, lines: [PrescriptionLine]
    ) {
        self.diagnosisCode = diagnosisCode
        self.diagnosis = diagnosis
        self.otherDiagnoses = otherDiagnoses
        self.department = department
        self.validityDays = validityDays
        self.reason = reason
        self.purpose = purpose
        self.longRecords = longRecords
        self.herbal = herbal
        self.encounter = encounter
        self.lines = lines
    }

    /// Every diagnosis, the main one first.
    public var diagnoses: [Diagnosis] { [Diagnosis(code: diagnosisCode, name: diagnosis)] + otherDiagnoses }

    /// As it is stored and signed: without blanks around texts.
    public var trimmed: PrescriptionContent {
        PrescriptionContent(
            diagnosisCode: diagnosisCode.trimmed, diagnosis: diagnosis.trimmed,
            otherDiagnoses: otherDiagnoses.map { Diagnosis(code: $0.code.trimmed, name: $0.name.trimmed) },
            department: department.map { Department(code: $0.code.trimmed, name: $0.name.trimmed) },
            validityDays: validityDays, reason: reason.trimmed, purpose: purpose, longRecords: longRecords,
            herbal: herbal.map {
                HerbalDirections(
                    doses: $0.doses, dosesPerDay: $0.dosesPerDay, method: $0.method.trimmed,
                    isBoiledByPharmacy: $0.isBoiledByPharmacy)
            },
            encounter: encounter, lines: lines.map(\.trimmed))
    }
}

extension PrescriptionLine {
    var trimmed: PrescriptionLine {
        PrescriptionLine(
            product: product, quantity: quantity, doseText: doseText.trimmed, dose: dose, route: route, frequency: frequency,
            days: days, note: note.trimmed, insurance: insurance)
    }
}
