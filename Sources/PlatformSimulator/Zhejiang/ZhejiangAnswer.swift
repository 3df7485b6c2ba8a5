import Primitives

/// Why Zhejiang does not do what is asked.
enum ZhejiangRefusal: Error {
    /// The envelope says so: `infcode` "-1" with `err_msg`.
    case envelope(String)
    /// The message was understood: `returnCode` 1 with `returnMsg`.
    case business(String)

    static let token = ZhejiangRefusal.envelope("令牌无效，请重新获取令牌")
}

/// An answer in Zhejiang's words.
///
/// Source: `infcode`, `err_msg`, `output.data.returnCode` and `returnMsg` as clients read them; the other members of the
/// envelope as the middle-table of the same product has them.
struct ZhejiangAnswer {
    var infcode = "0"
    var error = ""
    var data: [JSONValue.Member]?

    /// Done, with what there is to say about it.
    static func done(_ members: [JSONValue.Member]) -> ZhejiangAnswer {
        ZhejiangAnswer(data: [.init("returnCode", 0), .init("returnMsg", "成功")] + members)
    }

    static func refused(_ refusal: ZhejiangRefusal) -> ZhejiangAnswer {
        switch refusal {
        case .envelope(let text): ZhejiangAnswer(infcode: "-1", error: text)
        case .business(let text): ZhejiangAnswer(data: [.init("returnCode", 1), .init("returnMsg", .string(text))])
        }
    }

    func written(_ turn: inout Turn) -> FaceAnswer {
        var answer = self
        if infcode == "0", turn.meets(.wrongEnvelopeCode) {
            answer.infcode = "-1"
            answer.error = "系统异常，请稍后重试"
        }
        if answer.hasLineCodes, turn.meets(.wrongLineCodes) { answer.falsifyLines() }
        let time = turn.clock.businessDay.digits + DigitText.time(turn.clock)
        let stamp = JSONValue.string(time + DigitText.padded(turn.clock.microseconds / 1_000 % 1_000, 3))
        let text = JSONValue.object([
            .init("infcode", .string(answer.infcode)),
            .init("inf_refmsgid", .string("330000\(time)" + DigitText.padded(turn.now.microseconds % 10_000_000_000, 10))),
            .init("refmsg_time", stamp), .init("respond_time", stamp), .init("err_msg", .string(answer.error)),
            .init("output", answer.data.map { .object([.init("data", .object($0))]) } ?? .null),
        ]).text()
        return FaceAnswer(contentType: "application/json;charset=UTF-8", body: Array(text.utf8))
    }

    private var hasLineCodes: Bool {
        data?.first { $0.name == "dataList" }?.value.elements.contains { $0["returnCode"] != nil } ?? false
    }

    private mutating func falsifyLines() {
        data = data?.map { member in
            guard member.name == "dataList" else { return member }
            let rows = member.value.elements.map { row in
                JSONValue.object(
                    row.members.map { field in
                        switch field.name {
                        case "returnCode": .init("returnCode", 1)
                        case "returnMsg": .init("returnMsg", "失败")
                        default: field
                        }
                    })
            }
            return .init("dataList", .array(rows))
        }
    }
}
