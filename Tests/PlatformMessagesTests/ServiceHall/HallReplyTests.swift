import Foundation
import Primitives
import ShangMi
import Testing

@testable import PlatformMessages

enum Answered {
    static func base64(_ value: JSONValue?) throws -> [UInt8] { Array(try #require(Data(base64Encoded: value?.string ?? ""))) }
}

@Suite("What the service hall's answers are worth")
struct HallReplyTests {
    private func reply(_ answer: PlatformAnswer, to kind: PlatformFactKind) throws -> PlatformReply {
        try Hall.dialect().reply(in: answer, to: Told.fact(kind), stamped: Platforms.stamp)
    }

    @Test("the platform's own signature is believed and no other", arguments: HallMap.factKinds)
    func signatures(kind: PlatformFactKind) throws {
        let content = try #require(Hall.answers[kind.rawValue])
        #expect(try reply(Hall.answer(content), to: kind).kind == "done")
        #expect(try reply(Hall.answer(content, code: 0), to: kind).kind == "done")
        #expect(try reply(Hall.answer(content, by: Hall.own), to: kind) == .unclear("the answer's signature is not the platform's"))
        #expect(try reply(Hall.answer(content, by: nil), to: kind) == .unclear("the answer is not signed"))
        // One changed byte of what was signed.
        let body = String(decoding: try Hall.answer(content).body, as: UTF8.self)
        let changed = Answers.of(body.replacing("成功", with: "成攻"))
        #expect(try reply(changed, to: kind) == .unclear("the answer's signature is not the platform's"))
        #expect(try reply(Hall.answer(nil), to: kind) == .unclear("the answer says yes and holds nothing"))
    }

    @Test("a no is believed of what binds nobody, signed or not; of the rest the platform is asked")
    func refusals() throws {
        for key in [Hall.platform, nil] {
            let no = try Hall.answer(nil, code: "-1", message: "药品目录编码错误", by: key)
            for kind in [PlatformFactKind.checkPrescription, .signPrescription] {
                #expect(try reply(no, to: kind) == .refused(PlatformComplaint(code: "-1", text: "药品目录编码错误"), lines: []))
            }
            for kind in [PlatformFactKind.uploadPrescription, .revokePrescription] {
                #expect(try reply(no, to: kind) == .doubtful(PlatformComplaint(code: "-1", text: "药品目录编码错误")))
            }
        }
        let later = try Hall.answer(nil, code: "5", message: "签名验证失败", by: nil)
        #expect(try reply(later, to: .uploadPrescription).kind == "not done")
        #expect(try reply(Hall.answer(nil, code: "5", message: "系统繁忙", by: nil), to: .checkPrescription).kind == "unclear")
    }

    @Test(
        "an answer about another prescription, or in another state, is none",
        arguments: [
            (PlatformFactKind.uploadPrescription, #"{"hiRxno":"9","rxStasCodg":"1"}"#, "hiRxno is another's"),
            (.uploadPrescription, #"{"hiRxno":"\#(Hall.number)","rxStasCodg":"3"}"#, "the prescription is not valid"),
            (.uploadPrescription, #"{"hiRxno":"\#(Hall.number)","rxStasCodg":"8"}"#, "rxStasCodg is in no known state"),
            (.revokePrescription, #"{"hiRxno":"\#(Hall.number)","rxStasCodg":"1"}"#, "the prescription is not revoked"),
            (.checkPrescription, #"{"hiRxno":"\#(Hall.number)"}"#, "rxTraceCode is missing"),
            (.signPrescription, #"{"rxFile":"JVBERi0x","signDigest":""}"#, "signDigest is missing"),
            (.signPrescription, #"{"rxFile":"no base","signDigest":"x"}"#, "rxFile is no Base64"),
        ])
    func others(kind: PlatformFactKind, content: String, reason: String) throws {
        #expect(try reply(Hall.answer(content), to: kind) == .unclear(reason))
    }

    @Test("what is not whole, not JSON, too deep or too large is unclear")
    func malformed() throws {
        let cipher = try HallCipher(application: Hall.application, secret: Hall.secret)
        let deep = String(repeating: "[", count: 70) + String(repeating: "]", count: 70)
        let bodies = try [
            "", "[]", "{}", #"{"code":"0""#, #"{"code":"0","encData":"GG","signData":"eA=="}"#,
            #"{"code":"0","encData":"\#(cipher.encrypt("[1]"))","signData":"eA=="}"#,
            #"{"code":"0","encData":"\#(cipher.encrypt(#"{"a":\#(deep)}"#))","signData":"eA=="}"#,
            #"{"code":"0","encData":"\#(cipher.encrypt(#"{"a":1}"#))","signData":"eA=="}"#,
            #"{"code":"0","x":"\#(String(repeating: "x", count: 8 << 20))"}"#,
        ]
        for body in bodies { #expect(try reply(Answers.of(body), to: .checkPrescription).kind == "unclear", "\(body.prefix(60))") }
        #expect(try reply(Answers.of(503, ""), to: .checkPrescription).kind == "unclear")
        #expect(try reply(Answers.of(429, ""), to: .uploadPrescription).kind == "not done")
        #expect(try reply(Answers.of(401, ""), to: .uploadPrescription).kind == "not done")
    }

    @Test(
        "how the prescription stands says what became of its upload and its revocation",
        arguments: [
            (PlatformFactKind.uploadPrescription, "1", "1", "done"), (.uploadPrescription, "2", "1", "done"),
            (.uploadPrescription, "3", "1", "refused"), (.uploadPrescription, "", "", "not done"),
            (.revokePrescription, "3", "1", "done"), (.revokePrescription, "1", "1", "not done"),
            (.revokePrescription, "1", "2", "refused"), (.revokePrescription, "1", "9", "refused"),
            (.revokePrescription, "2", "1", "refused"), (.revokePrescription, "", "", "unclear"),
        ])
    func findings(kind: PlatformFactKind, state: String, use: String, expected: String) throws {
        let dialect = try Hall.dialect()
        let fact = Told.fact(kind)
        #expect(dialect.recovery(of: fact) == .ask(.prescriptionState(Told.prescriptionInquiry)))
        let answer =
            try state.isEmpty
            ? Hall.answer(nil, code: "-1", message: "处方不存在", by: nil)
            : Hall.answer(#"{"hiRxno":"\#(Hall.number)","rxStasCodg":"\#(state)","rxUsedStasCodg":"\#(use)"}"#)
        let question = PlatformQuestion.prescriptionState(Told.prescriptionInquiry)
        guard case .page(let page) = dialect.page(in: answer, to: question, after: nil, stamped: Platforms.stamp) else {
            Issue.record("no page")
            return
        }
        #expect(dialect.finding(in: [page], about: fact).kind == expected)
    }

    @Test("what was perhaps uploaded, and is not there, needs no revocation")
    func neverThere() throws {
        var revocation = Told.revocation
        revocation.isUploadCertain = false
        let fact = PlatformFact.revokePrescription(revocation)
        let inquiry = Told.prescriptionInquiry
        let done = PlatformReply.done(PlatformAcknowledgement(document: inquiry.insurerNumber))
        #expect(try Hall.dialect().finding(in: [PlatformPage(rows: [])], about: fact) == done)
        for (state, use, expected) in [
            (PlatformPrescriptionState.State.valid, PlatformPrescriptionUse.Use.unused, "not done"), (.valid, .partly, "refused"),
            (.revoked, .unused, "done"),
        ] {
            let row = PlatformPrescriptionState(insurerNumber: inquiry.insurerNumber, state: state, use: use)
            #expect(try Hall.dialect().finding(in: [PlatformPage(rows: [.prescription(row)])], about: fact).kind == expected)
        }
    }

    @Test("a check and a signature are told again, and the catalogue says why")
    func toldAgain() throws {
        for kind in [PlatformFactKind.checkPrescription, .signPrescription] {
            guard case .tellAgain(let reason) = try Hall.dialect().recovery(of: Told.fact(kind)) else {
                Issue.record("\(kind) is not told again")
                continue
            }
            #expect(!reason.isEmpty)
        }
        #expect(try Hall.dialect().recovery(of: .uploadPrescription(Told.prescription)) == .none)
    }

    @Test("a drug without a code hides no other")
    func unreadable() throws {
        let reply = try Hall.dialect().page(
            in: try Hall.answer(#"{"list":[{"genname":"甲"},{"medListCodg":"X","genname":"乙"}]}"#),
            to: .circulatingDrugs(institution: "H36042600001"), after: nil, stamped: Platforms.stamp)
        guard case .page(let page) = reply else {
            Issue.record("\(reply)")
            return
        }
        #expect(page.rows.count == 1 && page.unreadable == [PlatformUnreadableRow(name: "甲", reason: "medListCodg is missing")])
    }

    @Test("the catalogue of drugs goes on while pages are full")
    func pages() throws {
        let dialect = try Hall.dialect()
        let question = PlatformQuestion.circulatingDrugs(institution: "H36042600001")
        let full = Array(repeating: #"{"medListCodg":"X"}"#, count: 100).joined(separator: ",")
        let first = dialect.page(
            in: try Hall.answer(#"{"list":[\#(full)]}"#), to: question, after: nil, stamped: Platforms.stamp)
        guard case .page(let page) = first else {
            Issue.record("\(first)")
            return
        }
        #expect(page.rows.count == 100 && page.next == "2")
        let asked = try dialect.request(asking: question, after: page.next, stamped: Platforms.stamp)
        #expect(try Hall.content(of: asked)["pageNum"] == "2")
        let last = dialect.page(in: try Hall.answer(#"{"list":[]}"#), to: question, after: "2", stamped: Platforms.stamp)
        #expect(last == .page(PlatformPage(rows: [], next: nil)))
    }
}
