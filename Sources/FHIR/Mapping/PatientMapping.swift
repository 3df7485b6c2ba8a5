public import Dispensing
import Primitives

extension R4.Patient {
    /// A registered patient. The resident number and the phone are shown as masked as they are kept: the value is absent and
    /// a `rendered-value` tells what may be shown.
    public init(_ patient: Patient, systems: CodeSystems = .standard) {
        self.init()
        id = patient.id.description
        var card = R4.Identifier(systems.patientNumber, patient.number)
        card.use = "usual"
        identifier = [card]
        if let masked = patient.residentMasked {
            var resident = R4.Identifier(systems.residentNumber, nil)
            resident.use = "official"
            resident.valueNote = R4.ValueNote(masked: masked)
            identifier.append(resident)
        }
        active = true
        var known = R4.HumanName()
        known.text = patient.name
        name = [known]
        if !patient.phone.isEmpty {
            var phone = R4.ContactPoint()
            phone.system = "phone"
            phone.valueNote = R4.ValueNote(masked: patient.phone)
            telecom = [phone]
        }
        gender = R4.Patient.Gender(patient.sex)
        birthDate = .day(patient.birthOn)
    }
}

extension R4.Patient.Gender {
    public init(_ sex: Sex) {
        self =
            switch sex {
            case .female: .female
            case .male: .male
            case .unknown: .unknown
            }
    }
}

extension R4.Reference {
    /// A patient, by id, with the name for people.
    public init(_ patient: Patient) { self.init("Patient/\(patient.id)", type: "Patient", display: patient.name) }
}
