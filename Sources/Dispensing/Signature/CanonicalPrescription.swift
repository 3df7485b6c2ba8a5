public import Primitives

/// Everything that a prescriber's signature of one version is over.
public struct CanonicalPrescription: Sendable, Hashable {
    /// The name and number of the form; a further form gets a further number, and this one stays readable.
    public static let form = "lianyao-prescription/1"

    public var consortium: ConsortiumID
    public var prescription: PrescriptionID
    public var version: Int
    public var patient: PatientID
    public var facility: FacilityID
    public var prescriber: PersonID
    public var kind: PrescriptionKind
    public var content: PrescriptionContent
    /// When the prescriber signed.
    public var signedAt: Instant
    public var writtenOn: CalendarDate
    public var validThrough: CalendarDate
    /// The findings that the prescriber stands by.
    public var override: PrescriptionOverride?

    /// A version as it is about to be written.
    init(
        _ prescription: PrescriptionID, version: Int, of principal: Principal, patient: PatientID, facility: FacilityID,
        kind: PrescriptionKind, content: PrescriptionContent, signedAt: Instant, override: PrescriptionOverride? = nil
    ) {
        consortium = principal.consortium
        self.prescription = prescription
        self.version = version
        self.patient = patient
        self.facility = facility
        prescriber = principal.person
        self.kind = kind
        self.content = content.trimmed
        self.signedAt = signedAt
        writtenOn = signedAt.businessDay
        validThrough = signedAt.businessDay.adding(days: content.validityDays - 1)
        self.override = override
    }

    /// The current version as it is stored.
    public init(_ stored: Prescription, of consortium: ConsortiumID, signedAt: Instant) {
        self.consortium = consortium
        prescription = stored.id
        version = stored.version
        patient = stored.patient
        facility = stored.facility
        prescriber = stored.prescriber
        kind = stored.kind
        content = stored.content
        self.signedAt = signedAt
        writtenOn = stored.writtenOn
        validThrough = stored.validThrough
        override = stored.override
    }

    /// The bytes that are signed, see `CanonicalText`.
    public var bytes: [UInt8] {
        CanonicalText.object([
            "form": .text(Self.form), "consortium": .number(consortium.rawValue), "prescription": .text(prescription.description),
            "version": .number(Int64(version)), "patient": .text(patient.description), "facility": .number(facility.rawValue),
            "prescriber": .number(prescriber.rawValue), "kind": .text(kind.rawValue), "signedAt": .text(signedAt.description),
            "writtenOn": .text(writtenOn.description), "validThrough": .text(validThrough.description),
            "content": content.canonical, "override": override?.canonical,
        ]).bytes
    }
}

extension PrescriptionOverride {
    var canonical: CanonicalText {
        .object(["reason": .text(reason), "findings": .list(findings.map(CanonicalText.text))])
    }
}

extension PrescriptionContent {
    var canonical: CanonicalText {
        .object([
            "diagnosisCode": .text(diagnosisCode), "diagnosis": .text(diagnosis),
            "otherDiagnoses": .list(otherDiagnoses.map { .object(["code": .text($0.code), "name": .text($0.name)]) }),
            "department": department.map { .object(["code": .text($0.code), "name": .text($0.name)]) },
            "validityDays": .number(Int64(validityDays)), "reason": .text(reason), "purpose": .text(purpose.rawValue),
            "longRecords": .list(longRecords.map { .text($0.rawValue) }), "herbal": herbal?.canonical,
            "encounter": encounter?.canonical, "lines": .list(lines.map(\.canonical)),
        ])
    }
}

extension HerbalDirections {
    var canonical: CanonicalText {
        .object([
            "doses": .number(Int64(doses)), "dosesPerDay": .number(Int64(dosesPerDay)), "method": .text(method),
            "isBoiledByPharmacy": .flag(isBoiledByPharmacy),
        ])
    }
}

extension Encounter {
    var canonical: CanonicalText {
        .object([
            "visitID": visitID.map(CanonicalText.text), "visitNumber": visitNumber.map(CanonicalText.text),
            "visitType": visitType.map(CanonicalText.text), "isInpatient": isInpatient.map(CanonicalText.flag),
            "visitedAt": visitedAt.map { .text($0.description) }, "insuredNumber": insuredNumber.map(CanonicalText.text),
            "insurancePlace": insurancePlace.map(CanonicalText.text), "business": business.map { .text($0.rawValue) },
            "extraAttribute": extraAttribute.map { .text($0.rawValue) },
            "departmentClass": departmentClass.map(CanonicalText.text),
            "specialDisease": specialDisease.map(CanonicalText.text),
            "settlementType": settlementType.map(CanonicalText.text),
            "heightMillimetres": heightMillimetres.map(CanonicalText.number),
            "weightGrams": weightGrams.map(CanonicalText.number),
            "pregnancyWeeks": pregnancyWeeks.map { .number(Int64($0)) }, "isNewborn": isNewborn.map(CanonicalText.flag),
            "isBreastfeeding": isBreastfeeding.map(CanonicalText.flag),
        ])
    }
}
