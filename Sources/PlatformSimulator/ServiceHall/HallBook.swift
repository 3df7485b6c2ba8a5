import Primitives

/// What the service hall knows of prescriptions.
struct HallBook: Sendable {
    struct Prescription: Sendable {
        enum State: String, Sendable {
            case checked
            case valid = "1"
            case expired = "2"
            case revoked = "3"
        }

        let hospitalNumber: String
        let institution: String
        let insurerNumber: String
        let traceCode: String
        /// As it was told.
        let content: JSONValue
        var state = State.checked
        /// What was signed, by the digest that was given for it.
        var signatures: [String: (original: String, file: String)] = [:]
        var use = Use()
        /// Times that it was made valid or taken back: never more than one.
        var uploads = 0
        var revocations = 0
    }

    struct Use: Sendable {
        var isUsed = false
        var time = ""
    }

    var prescriptions: [Prescription] = []

    func index(insurerNumber: String) -> Int? { prescriptions.firstIndex { $0.insurerNumber == insurerNumber } }

    mutating func use(_ insurerNumber: String, at now: Instant) {
        guard let index = index(insurerNumber: insurerNumber), prescriptions[index].state == .valid else { return }
        let clock = DigitText.clock(now)
        let time = [clock.hour, clock.minute, clock.second].map { DigitText.padded($0, 2) }.joined(separator: ":")
        prescriptions[index].use = Use(isUsed: true, time: "\(now.businessDay) \(time)")
    }

    var told: [SimulatedPrescription] {
        prescriptions.map {
            SimulatedPrescription(
                hospitalNumber: $0.hospitalNumber, insurerNumber: $0.insurerNumber, state: $0.state.rawValue,
                uploads: $0.uploads, revocations: $0.revocations)
        }
    }

    /// A new prescription with numbers of its own.
    mutating func add(_ number: String, _ institution: String, _ content: JSONValue, at now: Instant) -> Prescription {
        let serial = Int64(prescriptions.count + 1)
        let day = now.businessDay.digits
        let prescription = Prescription(
            hospitalNumber: number, institution: institution,
            insurerNumber: "\(institution.suffix(11))\(day)\(DigitText.padded(serial, 10))",
            traceCode: "\(day)\(DigitText.padded(serial, 12))", content: content)
        prescriptions.append(prescription)
        return prescription
    }
}

/// A prescription as the hall has it.
public struct SimulatedPrescription: Sendable, Hashable {
    /// `hospRxno`
    public let hospitalNumber: String
    /// `hiRxno`
    public let insurerNumber: String
    /// `checked`, `1` valid, `2` expired, `3` revoked.
    public let state: String
    /// How often it was uploaded and revoked.
    public let uploads: Int
    public let revocations: Int
}
