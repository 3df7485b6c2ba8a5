import Foundation
public import Dispensing
public import Formulary
public import Primitives

/// The id of a part of a document: the document's id, a point, a number. Of a prescription it is the number of the product,
/// which stands on it once, so that an amendment never puts another medicine under a known id; of a dispensing it is the
/// number of the line.
public struct PartKey<Kind>: Hashable, Sendable, CustomStringConvertible {
    public let document: DocumentID<Kind>
    public let part: Int64

    public init(_ document: DocumentID<Kind>, _ part: Int64) {
        self.document = document
        self.part = part
    }

    /// Reads `01936f2e-7c00-7000-8000-000000000001.1`.
    public init?(_ id: String) {
        let parts = id.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, let document = DocumentID<Kind>(lowercaseText: parts[0]), let part = Int64(parts[1]), part > 0,
            String(part) == parts[1]
        else { return nil }
        self.init(document, part)
    }

    public var description: String { "\(document).\(part)" }
}

/// An identifier that the sender of a request gave it.
public struct PlacerIdentifier: Sendable, Hashable {
    /// The product whose line it is; `nil` for the number of the whole prescription.
    public let product: ProductID?
    public let system: String
    public let value: String

    public init(product: ProductID?, system: String, value: String) {
        self.product = product
        self.system = system
        self.value = value
    }
}

/// A prescription with all that a resource tells about it.
public struct PrescriptionInContext: Sendable {
    public var prescription: Prescription
    public var patient: Patient
    public var products: [ProductID: Product]
    /// Names of prescriber, reviewers and dispensers.
    public var people: [PersonID: String]
    public var facilityName: String
    public var placers: [PlacerIdentifier]
    public var words: WordsOfCodes

    public init(
        prescription: Prescription, patient: Patient, products: [ProductID: Product], people: [PersonID: String],
        facilityName: String, placers: [PlacerIdentifier], words: WordsOfCodes
    ) {
        self.prescription = prescription
        self.patient = patient
        self.products = products
        self.people = people
        self.facilityName = facilityName
        self.placers = placers
        self.words = words
    }
}

extension R4.MedicationRequest {
    /// One line of a prescription. FHIR asks for one medicine in a request; those of one prescription share its number as
    /// their `groupIdentifier`.
    ///
    public init(
        _ line: PrescriptionLine, of product: Product, in context: PrescriptionInContext, systems: CodeSystems = .standard
    ) {
        let (prescription, content) = (context.prescription, context.prescription.content)
        self.init()
        id = PartKey(prescription.id, product.id.rawValue).description
        self.extension = R4.Extension.facts(of: prescription, systems)
        identifier = Self.identifiers(of: context, product, systems)
        status = Status(prescription.state)
        statusReason = prescription.state.reasonForPeople.map { R4.CodeableConcept(text: $0) }
        intent = .order
        category = [
            R4.CodeableConcept([R4.Coding(CodeSystems.requestCategory, "outpatient", "Outpatient")]),
            R4.CodeableConcept([R4.Coding(systems.prescriptionKind, prescription.kind.rawValue)]),
        ]
        priority = Priority(prescription.kind, patientIsWaiting: prescription.patientIsWaiting)
        medicationReference = R4.Reference(product)
        subject = R4.Reference(context.patient)
        encounter = content.encounter?.visitID.map {
            R4.Reference(nil, type: "Encounter", identifier: R4.Identifier(systems.visit, $0))
        }
        authoredOn = .instant(prescription.issuedAt)
        requester = R4.Reference(
            nil, type: "Practitioner",
            identifier: R4.Identifier(systems.person, prescription.prescriber.description),
            display: context.people[prescription.prescriber])
        reasonCode = content.diagnoses.map { R4.CodeableConcept($0, systems: systems) }
        groupIdentifier = R4.Identifier(systems.prescriptionNumber, prescription.number)
        courseOfTherapyType = R4.CodeableConcept([
            R4.Coding(CodeSystems.courseOfTherapy, prescription.kind == .long ? "continuous" : "acute")
        ])
        dosageInstruction = [R4.Dosage(line, of: product, words: context.words, systems: systems)]
        var supply = DispenseRequest()
        supply.validityPeriod = R4.Period(start: .day(prescription.writtenOn), end: .day(prescription.validThrough))
        supply.numberOfRepeatsAllowed = 0
        supply.quantity = R4.Quantity(line.quantity, of: product, words: context.words, systems: systems)
        supply.expectedSupplyDuration = R4.Quantity(days: line.days)
        dispenseRequest = supply
    }

    /// Every line of a prescription whose product is known.
    public static func all(of context: PrescriptionInContext, systems: CodeSystems = .standard) -> [Self] {
        context.prescription.content.lines.compactMap { line in
            context.products[line.product].map { Self(line, of: $0, in: context, systems: systems) }
        }
    }

    private static func identifiers(
        of context: PrescriptionInContext, _ product: Product, _ systems: CodeSystems
    ) -> [R4.Identifier] {
        let filler = R4.Identifier(
            systems.prescriptionLine, "\(context.prescription.number)-\(product.code)",
            type: identifierType("FILL", "Filler Identifier"))
        let placers = context.placers.filter { $0.product == nil || $0.product == product.id }.map { placer in
            R4.Identifier(
                placer.system, placer.value,
                type: placer.product == nil
                    ? identifierType("PGN", "Placer Group Number") : identifierType("PLAC", "Placer Identifier"))
        }
        return [filler] + placers
    }

    private static func identifierType(_ code: String, _ display: String) -> R4.CodeableConcept {
        R4.CodeableConcept([R4.Coding(CodeSystems.identifierType, code, display)])
    }
}

extension DocumentID {
    /// Reads the 36 characters of RFC 9562 in lower case, which is how ids are written here.
    init?(lowercaseText text: String) {
        guard let uuid = UUID(uuidString: text), uuid.uuidString.lowercased() == text else { return nil }
        self.init(uuid)
    }
}
