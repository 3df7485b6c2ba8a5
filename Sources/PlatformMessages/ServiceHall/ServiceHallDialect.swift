import Foundation
import Primitives

/// The dialect of the insurer's service hall for electronic prescriptions. Its messages hold objects inside objects, so they are not
/// filled by neutral names: a fact has them by the interface's own, and the catalogue says which are sent, in which order, and which
/// must be there.
struct ServiceHallDialect: PlatformDialect {
    let catalogue: PlatformCatalogue
    let map: HallMap
    let account: PlatformAccount

    /// - Parameter map: an account's setting `sign-order` stands in the place of its order of names.
    init(catalogue: PlatformCatalogue, map: HallMap, account: PlatformAccount) {
        self.catalogue = catalogue
        self.account = account
        var map = map
        if let order = account.settings["sign-order"].flatMap(HallMap.KeyOrder.init) { map.order = order }
        self.map = map
    }

    var description: PlatformDescription { catalogue.description }
    var numbersMessages: Bool { false }

    func tokenRequest(stamped stamp: PlatformStamp) throws(PlatformUntellable) -> PlatformRequest? {
        // Without keys nothing can be said at all, which is no message's fault.
        _ = try HallKeys(account)
        return nil
    }

    func token(in answer: PlatformAnswer) -> PlatformTokenReply { .unclear("the platform has no tokens") }

    func request(telling fact: PlatformFact, stamped stamp: PlatformStamp) throws(PlatformUntellable) -> PlatformRequest {
        guard let message = map.facts[fact.kind] else { throw lacking(fact.kind.rawValue) }
        return try request(message, holding: try content(of: fact), stamped: stamp, mayBeRepeated: false)
    }

    func request(
        asking question: PlatformQuestion, after cursor: String?, stamped stamp: PlatformStamp
    ) throws(PlatformUntellable) -> PlatformRequest {
        guard let message = map.questions[question.kind] else { throw lacking(question.kind.rawValue) }
        let content = try content(of: question, page: PageCursor(cursor).page)
        return try request(message, holding: content, stamped: stamp, mayBeRepeated: true)
    }

    private func request(
        _ message: HallMessage, holding content: HallContent, stamped stamp: PlatformStamp, mayBeRepeated: Bool
    ) throws(PlatformUntellable) -> PlatformRequest {
        let content = try message.json(of: content)
        let wire = ServiceHallWire(map: map, keys: try HallKeys(account))
        let envelope = try wire.envelope(of: content, number: message.number, at: stamp.at)
        var request = PlatformRequest(
            operation: message.operation, path: try account.path("service", of: catalogue.paths) + message.path,
            headers: [.init("Content-Type", "application/json;charset=utf-8")], body: Array(envelope.text().utf8),
            shownBody: HallShowing.envelope(envelope, holding: content), mayBeRepeated: mayBeRepeated)
        // An answer of the hall does not say to what it is: one that was sent twice would be taken for the next request's.
        request.needsOwnConnection = true
        return request
    }

    func tells(_ kind: PlatformFactKind) -> Bool { map.facts[kind] != nil }
    func asks(_ kind: PlatformQuestionKind) -> Bool { map.questions[kind] != nil }

    func shown(_ body: [UInt8]) -> [UInt8] {
        guard body.count <= AnswerLimits.bytesMax, let envelope = try? JSONValue(parsing: body) else {
            return PersonalFields(names: HallShowing.hidden).masked(body)
        }
        guard envelope["encData"] != nil else {
            let masked = HallShowing.masked(envelope)
            return masked == envelope ? body : Array(masked.text().utf8)
        }
        let content = try? HallKeys(account).cipher.decrypt(envelope["encData"]?.string ?? "")
        return HallShowing.envelope(envelope, holding: content.flatMap { try? JSONValue(parsing: $0) })
    }

    func recovery(of fact: PlatformFact) -> PlatformRecovery {
        switch (map.facts[fact.kind]?.recovery, fact) {
        case (.tellAgain(let reason), _): .tellAgain(because: reason)
        case (.ask(.prescriptionState), .uploadPrescription(let prescription)):
            prescription.inquiry.map { .ask(.prescriptionState($0)) } ?? .none
        case (.ask(.prescriptionState), .revokePrescription(let revocation)): .ask(.prescriptionState(revocation.inquiry))
        default: .none
        }
    }

    private func lacking(_ kind: String) -> PlatformUntellable {
        PlatformUntellable(
            reason: "the platform has no message for \(kind): \(catalogue.lacking[kind] ?? "it takes prescriptions only")")
    }
}
