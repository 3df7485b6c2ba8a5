import Foundation
import Primitives

/// What an answer says as a whole.
enum HallVerdict {
    case taken(JSONValue)
    case notFound(PlatformComplaint)
    case refused(PlatformComplaint)
    case notNow(PlatformComplaint, Duration?)
    case unclear(String)
}

extension ServiceHallDialect {
    func verdict(on answer: PlatformAnswer) -> HallVerdict {
        let status = PlatformComplaint(code: "HTTP \(answer.status)", text: "")
        switch (answer.status, answer.retryAfter) {
        case (200, _): break
        case (401, _), (403, _): return .notNow(status, nil)
        case (429, _), (503, .some): return .notNow(status, answer.retryAfter)
        default: return .unclear("the platform answers with status \(answer.status)")
        }
        guard answer.body.count <= AnswerLimits.bytesMax else {
            return .unclear("the answer is larger than \(AnswerLimits.bytesMax) bytes")
        }
        let opened: ServiceHallWire.Opened
        do {
            opened = try ServiceHallWire(map: map, keys: HallKeys(account)).open(answer.body)
        } catch let defect as AnswerDefect {
            return .unclear(defect.reason)
        } catch {
            return .unclear("\(error)")
        }
        let complaint = opened.complaint
        switch CodeRules.meaning(of: complaint, at: .envelope, by: catalogue.codes.envelope) {
        case .taken: return opened.content.map { .taken($0) } ?? .unclear("the answer says yes and holds nothing")
        case .notFound: return .notFound(complaint)
        case .refused, .linesRefused: return .refused(complaint)
        case .notNow(let pause): return .notNow(complaint, pause)
        case .tokenInvalid, .alreadyDone, .unclear: return .unclear("the platform says \(complaint.code): \(complaint.text)")
        }
    }

    func reply(in answer: PlatformAnswer, to fact: PlatformFact, stamped stamp: PlatformStamp) -> PlatformReply {
        switch verdict(on: answer) {
        case .taken(let content):
            do {
                return .done(try acknowledgement(in: content, of: fact))
            } catch {
                return .unclear(error.reason)
            }
        case .notFound(let complaint), .refused(let complaint):
            // A no holds nothing by which it could be known as ours.
            guard fact.kind.bindsNobodyAtTheHall else { return .doubtful(complaint) }
            return .refused(complaint, lines: [])
        case .notNow(let complaint, let pause): return .notDone(complaint, after: pause)
        case .unclear(let reason): return .unclear(reason)
        }
    }

    private func acknowledgement(
        in content: JSONValue, of fact: PlatformFact
    ) throws(AnswerDefect) -> PlatformAcknowledgement {
        let reader = HallReader(content: content, map: map)
        switch fact {
        case .checkPrescription:
            return PlatformAcknowledgement(
                document: try reader.text("hiRxno"), values: ["rxTraceCode": try reader.text("rxTraceCode")])
        case .signPrescription(let prescription):
            let file = try reader.text("rxFile")
            guard Data(base64Encoded: file) != nil else { throw AnswerDefect("rxFile is no Base64") }
            var values = ["rxFile": file, "signDigest": try reader.text("signDigest")]
            values["originalValue"] = try? self.content(of: fact).node["originalValue"]
            for name in ["signCertSn", "signCertDn"] { values[name] = content[name]?.plainText }
            return PlatformAcknowledgement(document: prescription.numbers?.insurer, values: values)
        case .uploadPrescription(let prescription):
            return try acknowledged(by: reader, of: prescription.numbers?.insurer ?? "", as: .valid)
        case .revokePrescription(let revocation):
            return try acknowledged(by: reader, of: revocation.inquiry.insurerNumber, as: .revoked)
        default: throw AnswerDefect("the platform takes prescriptions only")
        }
    }

    private func acknowledged(
        by reader: HallReader, of number: String, as state: PlatformPrescriptionState.State
    ) throws(AnswerDefect) -> PlatformAcknowledgement {
        try reader.require(number)
        guard try reader.state() == state else { throw AnswerDefect("the prescription is not \(state.rawValue)") }
        return PlatformAcknowledgement(document: number)
    }
}

extension PlatformFactKind {
    /// What is looked at or signed can be used by nobody before it is uploaded.
    fileprivate var bindsNobodyAtTheHall: Bool { self == .checkPrescription || self == .signPrescription }
}

/// Reads what the hall's answers hold.
struct HallReader {
    let content: JSONValue
    let map: HallMap

    func text(_ name: String) throws(AnswerDefect) -> String {
        guard let text = content[name]?.plainText, !text.isEmpty else { throw AnswerDefect("\(name) is missing") }
        return text
    }

    /// What the answer is about must be what was told or asked.
    func require(_ number: String) throws(AnswerDefect) {
        guard try text("hiRxno") == number else { throw AnswerDefect("hiRxno is another's") }
    }

    func state() throws(AnswerDefect) -> PlatformPrescriptionState.State {
        guard let state = map.states[try text("rxStasCodg")] else { throw AnswerDefect("rxStasCodg is in no known state") }
        return state
    }

    /// A word that is not known is not taken for unused.
    var use: PlatformPrescriptionUse.Use {
        guard let code = content["rxUsedStasCodg"]?.plainText, !code.isEmpty else { return .unused }
        return map.uses[code] ?? .unknown
    }

    func optional(_ name: String) -> String { content[name]?.plainText ?? "" }
}
