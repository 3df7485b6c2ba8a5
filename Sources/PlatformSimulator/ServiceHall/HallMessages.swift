import Foundation
import Primitives
import ShangMi

/// What the hall does for each message.
enum HallMessages {
    typealias Message = @Sendable (JSONValue, inout HallBook, Instant) throws(HallRefusal) -> JSONValue

    static let all: [String: Message] = [
        "uploadChk": check, "rxFixmedinsSign": sign, "rxFileUpld": upload, "rxUndo": undo, "hospRxDetlQuery": detail,
        "rxChkInfoQuery": review, "rxSetlInfoQuery": use, "circDrugQuery": drugs,
    ]

    private static func require(_ fields: String, of object: JSONValue?, in place: String = "") throws(HallRefusal) {
        for field in fields.split(separator: " ") where object?[String(field)]?.string?.isEmpty != false {
            throw HallRefusal("\(place)\(field)不能为空")
        }
    }

    private static func text(_ object: JSONValue, _ field: String) -> String { object[field]?.string ?? "" }

    // MARK: - Telling

    @Sendable private static func check(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        try require("mdtrtCertType bizTypeCode hospRxno rxTypeCode prscTime rxDrugCnt valiDays valiEndTime", of: data)
        let drugs = data["rxdrugdetail"]?.elements ?? []
        guard !drugs.isEmpty else { throw HallRefusal("rxdrugdetail不能为空") }
        for drug in drugs {
            try require("medListCodg rxItemTypeCode drugGenname drugDosform drugSpec drugDosunt drugCnt hospApprFlag", of: drug)
            guard drug["rxItemTypeCode"] != "13" else { continue }
            try require(
                "medcWayCodg medcWayDscr medcBegntime medcEndtime medcDays sinDosunt sinDoscnt usedFrquCodg usedFrquName", of: drug)
        }
        guard text(data, "rxDrugCnt") == String(drugs.count) else { throw HallRefusal("rxDrugCnt与明细不符") }
        try require("fixmedinsCode fixmedinsName mdtrtId patnName psnCertType certno drCode prscDrName", of: data["mdtrtinfo"])
        guard data["diseinfo"]?.elements.isEmpty == false else { throw HallRefusal("diseinfo不能为空") }
        let (number, institution) = (text(data, "hospRxno"), data["mdtrtinfo"].map { text($0, "fixmedinsCode") } ?? "")
        let before = book.prescriptions.contains {
            $0.hospitalNumber == number && $0.institution == institution && $0.state != .checked
        }
        guard !before else { throw HallRefusal("hospRxno重复") }
        let added = book.add(number, institution, data, at: now)
        return .object([.init("rxTraceCode", .string(added.traceCode)), .init("hiRxno", .string(added.insurerNumber))])
    }

    private static let signedFields = [
        "certno", "drCode", "fixmedinsCode", "fixmedinsName", "hiRxno", "mdtrtId", "patnName", "pharCertType", "pharCertno",
        "pharChkTime", "pharCode", "pharDeptCode", "pharDeptName", "pharName", "pharPracCertNo", "pharProfttlCodg",
        "pharProfttlName", "prscDrName", "psnCertType", "rxTraceCode",
    ]

    @Sendable private static func sign(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        try require("fixmedinsCode originalValue originalRxFile", of: data)
        guard let bytes = Data(base64Encoded: text(data, "originalValue")), let original = try? JSONValue(parsing: Array(bytes)),
            original.members.map(\.name) == signedFields
        else { throw HallRefusal("originalValue错误") }
        let index = try known(original, book)
        guard let file = Data(base64Encoded: text(data, "originalRxFile")), file.starts(with: Array("%PDF-".utf8)) else {
            throw HallRefusal("originalRxFile不是PDF")
        }
        let signed = (file + Data("%signed".utf8)).base64EncodedString()
        guard let digest = try? SM3Digest(of: Array(bytes) + Array(signed.utf8)).hexadecimal else { throw HallRefusal("系统异常") }
        book.prescriptions[index].signatures[digest] = (text(data, "originalValue"), signed)
        return .object([
            .init("rxFile", .string(signed)), .init("signDigest", .string(digest)), .init("signCertSn", "SIM0001"),
            .init("signCertDn", "CN=simulated"),
        ])
    }

    @Sendable private static func upload(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        try require("rxFile signDigest pharDeptName pharDeptCode pharCode pharName pharChkTime", of: data)
        let index = try known(data, book)
        let told = book.prescriptions[index]
        guard told.state == .checked else { throw HallRefusal("rxTraceCode已使用") }
        guard let signature = told.signatures[text(data, "signDigest")], signature.file == text(data, "rxFile"),
            let bytes = Data(base64Encoded: signature.original), let original = try? JSONValue(parsing: Array(bytes)),
            signedFields.allSatisfy({ text(original, $0) == text(data, $0) })
        else { throw HallRefusal("signDigest与上传内容不符") }
        book.prescriptions[index].state = .valid
        book.prescriptions[index].uploads += 1
        return standing(book.prescriptions[index])
    }

    @Sendable private static func undo(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        try require("hiRxno fixmedinsCode drCode undoDrName undoDrCertType undoDrCertno undoRea undoTime", of: data)
        guard let index = book.index(insurerNumber: text(data, "hiRxno")), book.prescriptions[index].state != .checked,
            book.prescriptions[index].institution == text(data, "fixmedinsCode")
        else { throw HallRefusal("处方不存在") }
        guard !book.prescriptions[index].use.isUsed else { throw HallRefusal("处方已使用，不能撤销") }
        guard book.prescriptions[index].state == .valid else { throw HallRefusal("处方状态不允许撤销") }
        book.prescriptions[index].state = .revoked
        book.prescriptions[index].revocations += 1
        return standing(book.prescriptions[index])
    }

    /// The prescription that both numbers name, of the same patient and institution.
    private static func known(_ data: JSONValue, _ book: HallBook) throws(HallRefusal) -> Int {
        guard let index = book.index(insurerNumber: text(data, "hiRxno")),
            book.prescriptions[index].traceCode == text(data, "rxTraceCode"),
            let visit = book.prescriptions[index].content["mdtrtinfo"],
            ["patnName", "certno", "mdtrtId", "fixmedinsCode", "drCode"].allSatisfy({ text(visit, $0) == text(data, $0) })
        else { throw HallRefusal("rxTraceCode或hiRxno无效") }
        return index
    }

    // MARK: - Asking

    private static func asked(_ data: JSONValue, _ book: HallBook) throws(HallRefusal) -> HallBook.Prescription {
        try require("hiRxno fixmedinsCode mdtrtId psnName psnCertType certno", of: data)
        guard let index = book.index(insurerNumber: text(data, "hiRxno")), book.prescriptions[index].state != .checked,
            let visit = book.prescriptions[index].content["mdtrtinfo"], text(visit, "certno") == text(data, "certno"),
            text(visit, "patnName") == text(data, "psnName"), text(visit, "mdtrtId") == text(data, "mdtrtId")
        else { throw HallRefusal("处方不存在") }
        return book.prescriptions[index]
    }

    private static func standing(_ prescription: HallBook.Prescription, _ more: [JSONValue.Member] = []) -> JSONValue {
        let names: [HallBook.Prescription.State: String] = [.valid: "有效", .expired: "失效", .revoked: "已撤销"]
        return .object(
            [
                .init("hiRxno", .string(prescription.insurerNumber)), .init("rxStasCodg", .string(prescription.state.rawValue)),
                .init("rxStasName", .string(names[prescription.state] ?? "")),
            ] + more)
    }

    private static func usage(_ prescription: HallBook.Prescription) -> [JSONValue.Member] {
        let isUsed = prescription.use.isUsed
        return [.init("rxUsedStasCodg", isUsed ? "2" : "1"), .init("rxUsedStasName", isUsed ? "已使用" : "未使用")]
    }

    @Sendable private static func detail(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        let prescription = try asked(data, book)
        return standing(
            prescription, usage(prescription) + [.init("rxDetlList", prescription.content["rxdrugdetail"] ?? .array([]))])
    }

    @Sendable private static func review(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        let prescription = try asked(data, book)
        guard prescription.use.isUsed else { return standing(prescription) }
        return standing(
            prescription,
            [
                .init("pharName", "钱药师"), .init("pharCode", "Y000000000001"), .init("rxChkStasCodg", "1"),
                .init("rxChkStasName", "通过"), .init("rxChkOpnn", "合理"), .init("rxChkTime", .string(prescription.use.time)),
            ])
    }

    @Sendable private static func use(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        let prescription = try asked(data, book)
        guard prescription.use.isUsed else { return standing(prescription, usage(prescription)) }
        let items = (prescription.content["rxdrugdetail"]?.elements ?? []).map { drug in
            JSONValue.object([
                .init("medListCodg", drug["medListCodg"] ?? ""), .init("drugGenname", drug["drugGenname"] ?? ""),
                .init("drugSpec", drug["drugSpec"] ?? ""), .init("cnt", drug["drugCnt"] ?? ""), .init("aprvno", "国药准字H00000000"),
                .init("manuLotnum", "SIM-1"), .init("prdrName", drug["prdrName"] ?? ""), .init("takeDrugFlag", "1"),
            ])
        }
        return standing(
            prescription,
            usage(prescription) + [.init("setlTime", .string(prescription.use.time)), .init("seltdelts", .array(items))])
    }

    @Sendable private static func drugs(
        _ data: JSONValue, _ book: inout HallBook, _ now: Instant
    ) throws(HallRefusal) -> JSONValue {
        try require("fixmedinsCode pageSize pageNum", of: data)
        return .object([.init("list", .array([]))])
    }
}
