import Parties
import Primitives
import StockLedger

/// The Chinese words of the first page for what the program names in English.
enum GlanceWords {
    static func level(_ level: FacilityLevel) -> String {
        switch level {
        case .city: "市级 city"
        case .county: "县级 county"
        case .township: "乡镇 township"
        case .village: "村级 village"
        }
    }

    /// The state of a requisition or an order.
    static func state(_ state: String) -> String {
        switch state {
        case "draft": "草稿"
        case "submitted": "已提交"
        case "returned": "已退回"
        case "approved": "已批准"
        case "pooled": "已汇总"
        case "cancelled": "已取消"
        case "sent": "已发送"
        case "confirmed": "已确认"
        case "partly-received": "部分到货"
        case "received": "已到货"
        case "closed": "已关闭"
        default: state
        }
    }

    /// `2026-11-21 08:30`, as clocks in Shanghai show it.
    static func shanghaiTime(_ instant: Instant) -> String {
        String(instant.adding(.seconds(8 * 3_600)).description.prefix(16)).replacing("T", with: " ")
    }

    static func movement(_ kind: MovementKind) -> String {
        switch kind {
        case .opening: "期初 opening"
        case .receipt: "入库 receipt"
        case .issue: "出库 issue"
        case .patientReturn: "患者退药 patient return"
        case .supplierReturn: "退供 supplier return"
        case .transferOut: "调出 transfer out"
        case .transferIn: "调入 transfer in"
        case .quarantine: "隔离 quarantine"
        case .release: "解除隔离 release"
        case .adjustment: "盘盈亏 adjustment"
        case .destruction: "销毁 destruction"
        case .reversal: "冲销 reversal"
        case .reservation: "预留 reservation"
        case .reservationRelease: "解除预留 reservation release"
        }
    }

    static func outside(_ state: String) -> String {
        switch state {
        case "supplier": "供应商 supplier"
        case "patient": "患者 patient"
        case "ward": "科室 ward"
        case "loss": "损耗 loss"
        case "adjustment": "盘点 count"
        case "opening": "期初 opening"
        default: state
        }
    }
}
