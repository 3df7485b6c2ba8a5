import Dispensing
import Primitives

extension R4.CodeableConcept {
    /// A diagnosis by its code and its name.
    init(_ diagnosis: Diagnosis, systems: CodeSystems) {
        let system = diagnosis.isICD10 || !diagnosis.isChineseMedicine ? systems.icd10 : systems.chineseMedicine
        self.init(diagnosis.code.isEmpty ? [] : [R4.Coding(system, diagnosis.code, diagnosis.name)], text: diagnosis.name)
    }
}

extension R4.Extension {
    /// What FHIR has no element for: the state in our words, why the supply is longer, records, department, herbal directions,
    /// signature.
    static func facts(of prescription: Prescription, _ systems: CodeSystems) -> [R4.Extension] {
        let content = prescription.content
        var found = [
            R4.Extension(systems.extensionURL(.prescriptionState), code: prescription.state.rawValue),
            R4.Extension(systems.extensionURL(.prescriptionVersion), integer: prescription.version),
        ]
        if let department = content.department {
            let coding = R4.Coding(
                systems.department, department.code.isEmpty ? department.name : department.code, department.name)
            found.append(R4.Extension(systems.extensionURL(.department), coding: coding))
        }
        if !content.reason.isEmpty { found.append(R4.Extension(systems.extensionURL(.supplyReason), string: content.reason)) }
        if content.purpose != .none {
            found.append(R4.Extension(systems.extensionURL(.controlledPurpose), code: content.purpose.rawValue))
        }
        found += content.longRecords.map { R4.Extension(systems.extensionURL(.longRecord), code: $0.rawValue) }
        if let herbal = content.herbal { found += facts(of: herbal, systems) }
        if let signature = prescription.signature { found.append(R4.Extension(signature, systems)) }
        return found
    }

    private static func facts(of herbal: HerbalDirections, _ systems: CodeSystems) -> [R4.Extension] {
        [
            R4.Extension(systems.extensionURL(.herbalDoses), integer: herbal.doses),
            R4.Extension(systems.extensionURL(.herbalDosesPerDay), integer: herbal.dosesPerDay),
            R4.Extension(systems.extensionURL(.herbalMethod), string: herbal.method),
            R4.Extension(systems.extensionURL(.boiledByPharmacy), flag: herbal.isBoiledByPharmacy),
        ]
    }

    /// The author's signature (ISO 17090-4 by its ASTM code), by the key that made it.
    private init(_ signature: PrescriptionSignature, _ systems: CodeSystems) {
        self.init()
        url = systems.extensionURL(.signature)
        var made = R4.Signature()
        made.type = [R4.Coding(CodeSystems.signatureType, "1.2.840.10065.1.12.1.1", "Author's Signature")]
        made.when = .instant(signature.signedAt)
        made.who = R4.Reference(nil, identifier: R4.Identifier(systems.signingKey, signature.key.description))
        made.data = signature.signature
        valueSignature = made
    }
}
