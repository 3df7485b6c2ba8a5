import Dispensing
import Foundation
import Primitives

/// What a request says in extensions.
struct RequestedFacts: Hashable {
    var department: Department?
    var reason = ""
    var purpose = ControlledPurpose.none
    var longRecords: [LongRecord] = []
    var herbal: HerbalDirections?
    var signature: PrescriptionSignature?

    /// - Throws: ``FHIRRefusal`` for an extension that is unknown or does not hold what it should.
    init(_ extensions: [R4.Extension], of reading: RequestReading) throws {
        let systems = reading.systems
        var (doses, dosesPerDay, method, isBoiled): (Int?, Int?, String?, Bool?) = (nil, nil, nil, nil)
        for (number, fact) in extensions.enumerated() {
            let place = "extension[\(number)]"
            let name = ExtensionName.allCases.first { systems.extensionURL($0) == fact.url }
            func value<Value>(_ value: Value?) throws -> Value {
                guard let value else { throw reading.unsupported(place, "this extension holds another kind of value") }
                return value
            }
            switch name {
            case .department:
                let coding = try value(fact.valueCoding)
                let name = try value(coding.display ?? coding.code)
                department = Department(code: coding.code == name ? "" : coding.code ?? "", name: name)
            case .supplyReason: reason = try value(fact.valueString)
            case .controlledPurpose: purpose = try value(fact.valueCode.flatMap(ControlledPurpose.init(rawValue:)))
            case .longRecord: longRecords.append(try value(fact.valueCode.flatMap(LongRecord.init(rawValue:))))
            case .herbalDoses: doses = try value(fact.valueInteger)
            case .herbalDosesPerDay: dosesPerDay = try value(fact.valueInteger)
            case .herbalMethod: method = try value(fact.valueString)
            case .boiledByPharmacy: isBoiled = try value(fact.valueBoolean)
            case .signature: signature = try value(fact.valueSignature.flatMap { Self.signature($0, systems) })
            default: throw reading.unsupported(place, "this extension would not be kept")
            }
        }
        guard doses != nil || dosesPerDay != nil || method != nil || isBoiled != nil else { return }
        guard let doses, let method else {
            throw reading.missing("extension (\(systems.extensionURL(.herbalDoses)), \(systems.extensionURL(.herbalMethod)))")
        }
        herbal = HerbalDirections(
            doses: doses, dosesPerDay: dosesPerDay ?? 1, method: method, isBoiledByPharmacy: isBoiled ?? false)
    }

    /// `nil` when the key, the moment or the signature itself is not there.
    private static func signature(_ signature: R4.Signature, _ systems: CodeSystems) -> PrescriptionSignature? {
        guard let key = signature.who?.identifier, key.system == systems.signingKey,
            let id = key.value.flatMap(SigningKeyID.init(lowercaseText:)), case .instant(let signedAt)? = signature.when,
            let data = signature.data
        else { return nil }
        return PrescriptionSignature(key: id, signedAt: signedAt, signature: data)
    }
}
