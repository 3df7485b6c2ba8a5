import Primitives

/// Storehouses: ZJ9604 lists them, ZJ9605 saves one.
enum ZhejiangStorehouses {
    /// For drugs only: with `mcsFlag` 1 (consumables) there are none. That meaning is assumed.
    @Sendable static func list(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let fields = try call.fields(ZhejiangPage.fields.union(["mcsFlag"]), institution: "orgCode")
        let points = platform.catalogue.deliveryPoints.sorted { $0.key < $1.key }
        let isForDrugs = try fields.optionalWhole("mcsFlag") ?? 0 == 0
        return try ZhejiangPage.of(Array(isForDrugs ? points.indices : 0..<0), fields, call, &platform, &turn) { _, index in
            [
                .init("conerName", ""), .init("entpCode", .string(call.institution)), .init("mcsFlag", "0"),
                .init("defFlag", index == 0 ? "1" : "0"), .init("prov", "浙江省"), .init("city", ""), .init("coty", ""),
                .init("invottl", ""), .init("addrId", .string(points[index].key)), .init("addr", .string(points[index].value)),
                .init("conerTel", ""), .init("stroomName", .string(points[index].value)),
            ]
        }
    }

    /// Without an `addrId` there is a new one.
    @Sendable static func save(_ call: ZhejiangCall, _ platform: inout Platform, _ turn: inout Turn) throws(ZhejiangRefusal)
        -> ZhejiangAnswer
    {
        let names: Set<String> = [
            "addrId", "prov", "city", "coty", "addr", "conerName", "conerTel", "invottl", "stroomName", "defFlag", "mcsFlag",
        ]
        let fields = try call.fields(names, institution: "entpCode")
        for name in ["prov", "city", "coty", "addr", "conerName", "conerTel"] { _ = try fields.text(name) }
        _ = try (fields.whole("defFlag"), fields.whole("mcsFlag"))
        let name = try fields.text("stroomName")
        let known = try fields.optionalText("addrId")
        if let known, platform.catalogue.deliveryPoints[known] == nil { throw .business("addrId不存在") }
        let code = known ?? platform.freeNumber(at: turn.now).text(.zhejiang)
        platform.catalogue.name(deliveryPoint: code, name)
        return .done([.init("addrId", .string(code))])
    }
}
