import Foundation
import PlatformSimulator
import Primitives
import ShangMi
import Testing

extension Office {
    static func signature(_ body: String, secret: String, at seconds: Int64) throws -> String {
        let key = SM3AuthenticationKey(Array(secret.utf8))
        return "\(seconds):\(try key.authenticationCode(of: Array("\(seconds)\n\(body)".utf8)).hexadecimal)"
    }

    func zhejiangHeaders(_ body: String) throws -> [String] {
        let seconds = clock.now.microseconds / 1_000_000
        return [
            "Content-Type: application/json", "x-ca-key: \(account.user)",
            "x-ca-signature: \(try Self.signature(body, secret: account.secret, at: seconds))", "Access-Token: \(token)",
        ]
    }

    func askForToken() throws -> JSONValue {
        let body = #"{"appCode":"\#(account.appCode)","authCode":"\#(account.authCode)"}"#
        wire.post("/zhejiang-drugs/token", try zhejiangHeaders(body), body)
        return try JSONValue(parsing: #require(wire.answer()).body)
    }

    func fetchToken() throws {
        token = try #require(try askForToken()["output"]?["data"]?["accessToken"]?.string)
    }

    func sendZhejiang(_ infno: String, _ data: String) throws {
        let body = #"{"infno":"\#(infno)","input":{"data":\#(data)}}"#
        wire.post("/zhejiang-drugs/service", try zhejiangHeaders(body), body)
    }

    /// The whole answer.
    func askZhejiang(_ infno: String, _ data: String) throws -> JSONValue {
        if token.isEmpty { try fetchToken() }
        try sendZhejiang(infno, data)
        return try JSONValue(parsing: #require(wire.answer()).body)
    }

    /// What stands under `output.data`, of an answer without error.
    func zhejiang(_ infno: String, _ data: String) throws -> JSONValue {
        let answer = try askZhejiang(infno, data)
        #expect(answer["infcode"] == "0", "\(answer.text())")
        return try #require(answer["output"]?["data"])
    }

    /// Creates a plan with one line for each key, and gives its number.
    func plan(_ keys: [String], product: String = "XN0001", supplier: String = "QY01", packs: Int = 10) throws -> String {
        let data = Self.planText(keys, product: product, supplier: supplier, packs: packs)
        let answer = try zhejiang("ZJ9653", data)
        #expect(answer["returnCode"] == 0, "\(answer.text())")
        return try #require(answer["purcCode"]?.string)
    }

    static func planText(
        _ keys: [String], product: String = "XN0001", supplier: String = "QY01", packs: Int = 10, price: String = "12.5", sum: String? = nil
    ) -> String {
        let lines = keys.map {
            """
            {"hospListId":"\(product)","delventpCode":"\(supplier)","delventpName":"配送","purcCnt":\(packs),"hospPurcPric":\(price),\
            "planDetlMemo":"memo","addrId":"PSD01","hospPurcDetlId":"\($0)"}
            """
        }
        let total = sum ?? "\(Money(yuan: price)?.times(Int64(packs * keys.count)) ?? .zero)"
        return """
            {"medinsCode":"H330001","planSumamt":\(total),"addrId":"PSD01","conerName":"张三","conerTel":"0571","invottl":"医院",\
            "chkStas":2,"list":[\(lines.joined(separator: ","))]}
            """
    }

    func send(_ plan: String) throws -> JSONValue {
        try zhejiang("ZJ9656", #"{"medinsCode":"H330001","purcCode":"\#(plan)","chkStas":4}"#)
    }
}
