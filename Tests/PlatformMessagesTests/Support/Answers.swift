import PlatformMessages

/// Answers as platforms wrap them.
enum Answers {
    static func of(_ status: Int, _ body: String, headers: [PlatformRequest.Header] = []) -> PlatformAnswer {
        PlatformAnswer(status: status, headers: headers, body: Array(body.utf8))
    }

    static func of(_ body: String) -> PlatformAnswer { of(200, body) }

    /// - Parameter data: the object `output.data`; nothing when there is none.
    static func json(_ data: String?, infcode: String = "\"0\"", error: String = "") -> PlatformAnswer {
        let output = data.map { ",\"output\":{\"data\":\($0)}" } ?? ""
        return of("{\"infcode\":\(infcode),\"err_msg\":\"\(error)\"\(output)}")
    }

    /// - Parameter inner: what stands behind HEAD.
    static func soap(
        _ inner: String, code: String = "00000", text: String = "", echo: String = "m-000001", isDrug: Bool = true
    ) -> PlatformAnswer {
        let document =
            "<XMLDATA><HEAD><JSSJ>20261122/093001/</JSSJ><ZTCLJG>\(code)</ZTCLJG><CWXX>\(text)</CWXX><BZXX>\(echo)</BZXX></HEAD>"
            + "\(inner)</XMLDATA>"
        return envelope(document, isDrug: isDrug)
    }

    static func envelope(_ document: String, isDrug: Bool = true) -> PlatformAnswer {
        let (element, namespace) =
            isDrug
            ? ("sendRecvResponse", "http://main.service.local.wondersgroup.com/")
            : ("SendRecvResponse", "http://ws.framework.shys.wondersgroup.com/")
        return of(
            """
            <?xml version="1.0" encoding="UTF-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>\
            <n:\(element) xmlns:n="\(namespace)"><return>\(escaped(document))</return></n:\(element)></s:Body></s:Envelope>
            """)
    }

    private static func escaped(_ text: String) -> String {
        text.map { $0 == "&" ? "&amp;" : $0 == "<" ? "&lt;" : String($0) }.joined()
    }
}
