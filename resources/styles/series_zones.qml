<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis hasScaleBasedVisibilityFlag="0" labelsEnabled="0" maxScale="0" minScale="100000000" readOnly="0" simplifyAlgorithm="0" simplifyDrawingHints="1" simplifyDrawingTol="1" simplifyLocal="1" simplifyMaxScale="1" styleCategories="LayerConfiguration|Symbology|Labeling|Fields|Forms|MapTips|Rendering|CustomProperties" symbologyReferenceScale="-1" version="3.22.0">
 <flags>
  <Identifiable>1</Identifiable>
  <Removable>1</Removable>
  <Searchable>1</Searchable>
  <Private>0</Private>
 </flags>
 <renderer-v2 enableorderby="0" forceraster="0" referencescale="-1" symbollevels="0" type="singleSymbol">
  <symbols>
   <symbol alpha="1" clip_to_extent="1" force_rhr="0" name="0" type="fill">
    <layer class="SimpleFill" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="color" type="QString" value="68,119,170,31" />
      <Option name="joinstyle" type="QString" value="bevel" />
      <Option name="offset" type="QString" value="0,0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="outline_color" type="QString" value="35,35,35,255" />
      <Option name="outline_style" type="QString" value="no" />
      <Option name="outline_width" type="QString" value="0.26" />
      <Option name="outline_width_unit" type="QString" value="MM" />
      <Option name="style" type="QString" value="solid" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="align_dash_pattern" type="QString" value="0" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="customdash" type="QString" value="5;2" />
      <Option name="customdash_unit" type="QString" value="MM" />
      <Option name="dash_pattern_offset" type="QString" value="0" />
      <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
      <Option name="draw_inside_polygon" type="QString" value="0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="line_color" type="QString" value="255,255,255,204" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width" type="QString" value="0.9" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="ring_filter" type="QString" value="0" />
      <Option name="trim_distance_end" type="QString" value="0" />
      <Option name="trim_distance_end_unit" type="QString" value="MM" />
      <Option name="trim_distance_start" type="QString" value="0" />
      <Option name="trim_distance_start_unit" type="QString" value="MM" />
      <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
      <Option name="use_custom_dash" type="QString" value="0" />
     </Option>
    </layer>
    <layer class="SimpleLine" enabled="1" locked="0" pass="0">
     <Option type="Map">
      <Option name="align_dash_pattern" type="QString" value="0" />
      <Option name="capstyle" type="QString" value="round" />
      <Option name="customdash" type="QString" value="5;2" />
      <Option name="customdash_unit" type="QString" value="MM" />
      <Option name="dash_pattern_offset" type="QString" value="0" />
      <Option name="dash_pattern_offset_unit" type="QString" value="MM" />
      <Option name="draw_inside_polygon" type="QString" value="0" />
      <Option name="joinstyle" type="QString" value="round" />
      <Option name="line_color" type="QString" value="51,51,51,255" />
      <Option name="line_style" type="QString" value="solid" />
      <Option name="line_width" type="QString" value="0.4" />
      <Option name="line_width_unit" type="QString" value="MM" />
      <Option name="offset" type="QString" value="0" />
      <Option name="offset_unit" type="QString" value="MM" />
      <Option name="ring_filter" type="QString" value="0" />
      <Option name="trim_distance_end" type="QString" value="0" />
      <Option name="trim_distance_end_unit" type="QString" value="MM" />
      <Option name="trim_distance_start" type="QString" value="0" />
      <Option name="trim_distance_start_unit" type="QString" value="MM" />
      <Option name="tweak_dash_pattern_on_corners" type="QString" value="0" />
      <Option name="use_custom_dash" type="QString" value="0" />
     </Option>
     <data_defined_properties>
      <Option type="Map">
       <Option name="name" type="QString" value="" />
       <Option name="properties" type="Map">
        <Option name="outlineColor" type="Map">
         <Option name="active" type="bool" value="true" />
         <Option name="expression" type="QString" value="ramp_color(create_ramp(map(0, '153,170,187,255', 1, '51,51,51,255')), coalesce(day(&quot;start_date&quot; - minimum(&quot;start_date&quot;)) / nullif(day(maximum(&quot;start_date&quot;) - minimum(&quot;start_date&quot;)), 0), 1))" />
         <Option name="type" type="int" value="3" />
        </Option>
       </Option>
       <Option name="type" type="QString" value="collection" />
      </Option>
     </data_defined_properties>
    </layer>
   </symbol>
  </symbols>
  <rotation />
  <sizescale />
 </renderer-v2>
 <customproperties>
  <Option type="Map">
   <Option name="bufferzone/role" type="QString" value="series_zones" />
  </Option>
 </customproperties>
 <blendMode>0</blendMode>
 <featureBlendMode>0</featureBlendMode>
 <layerOpacity>1</layerOpacity>
 <fieldConfiguration>
  <field configurationFlags="None" name="start_date">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option name="allow_null" type="bool" value="true" />
      <Option name="display_format" type="QString" value="yyyy-MM-dd" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="end_date">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option name="allow_null" type="bool" value="true" />
      <Option name="display_format" type="QString" value="yyyy-MM-dd" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="days">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="gap_days">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="source">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="depth_a_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="depth_b_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="line_km">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="1" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_a_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="area_b_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="since">
   <editWidget type="DateTime">
    <config>
     <Option type="Map">
      <Option name="allow_null" type="bool" value="true" />
      <Option name="display_format" type="QString" value="yyyy-MM-dd" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="gained_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="lost_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="gained_a_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="lost_a_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="gained_b_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="lost_b_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="to_a_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="to_b_km2">
   <editWidget type="Range">
    <config>
     <Option type="Map">
      <Option name="AllowNull" type="bool" value="true" />
      <Option name="Precision" type="int" value="0" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_low">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_central">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="staff_high">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="d_staff">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="population">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="turned">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="posture">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="false" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="statement">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
  <field configurationFlags="None" name="spec">
   <editWidget type="TextEdit">
    <config>
     <Option type="Map">
      <Option name="IsMultiline" type="bool" value="true" />
     </Option>
    </config>
   </editWidget>
  </field>
 </fieldConfiguration>
 <aliases>
  <alias field="start_date" index="0" name="From" />
  <alias field="end_date" index="1" name="Until" />
  <alias field="days" index="2" name="Days" />
  <alias field="gap_days" index="3" name="Gap (days)" />
  <alias field="source" index="4" name="Source" />
  <alias field="depth_a_km" index="5" name="Depth of side A (km)" />
  <alias field="depth_b_km" index="6" name="Depth of side B (km)" />
  <alias field="line_km" index="7" name="Contact line (km)" />
  <alias field="area_km2" index="8" name="Area (km²)" />
  <alias field="area_a_km2" index="9" name="Area of side A (km²)" />
  <alias field="area_b_km2" index="10" name="Area of side B (km²)" />
  <alias field="since" index="11" name="Compared with" />
  <alias field="gained_km2" index="12" name="Gained (km²)" />
  <alias field="lost_km2" index="13" name="Lost (km²)" />
  <alias field="gained_a_km2" index="14" name="Gained on side A (km²)" />
  <alias field="lost_a_km2" index="15" name="Lost on side A (km²)" />
  <alias field="gained_b_km2" index="16" name="Gained on side B (km²)" />
  <alias field="lost_b_km2" index="17" name="Lost on side B (km²)" />
  <alias field="to_a_km2" index="18" name="From side B to side A (km²)" />
  <alias field="to_b_km2" index="19" name="From side A to side B (km²)" />
  <alias field="staff_low" index="20" name="Persons, low" />
  <alias field="staff_central" index="21" name="Persons, central" />
  <alias field="staff_high" index="22" name="Persons, high" />
  <alias field="d_staff" index="23" name="Persons, difference" />
  <alias field="population" index="24" name="Inhabitants" />
  <alias field="turned" index="25" name="Turned" />
  <alias field="posture" index="26" name="Posture" />
  <alias field="statement" index="27" name="What it means" />
  <alias field="spec" index="28" name="Parameters" />
 </aliases>
 <defaults>
  <default applyOnUpdate="0" expression="" field="start_date" />
  <default applyOnUpdate="0" expression="" field="end_date" />
  <default applyOnUpdate="0" expression="" field="days" />
  <default applyOnUpdate="0" expression="" field="gap_days" />
  <default applyOnUpdate="0" expression="" field="source" />
  <default applyOnUpdate="0" expression="" field="depth_a_km" />
  <default applyOnUpdate="0" expression="" field="depth_b_km" />
  <default applyOnUpdate="0" expression="" field="line_km" />
  <default applyOnUpdate="0" expression="" field="area_km2" />
  <default applyOnUpdate="0" expression="" field="area_a_km2" />
  <default applyOnUpdate="0" expression="" field="area_b_km2" />
  <default applyOnUpdate="0" expression="" field="since" />
  <default applyOnUpdate="0" expression="" field="gained_km2" />
  <default applyOnUpdate="0" expression="" field="lost_km2" />
  <default applyOnUpdate="0" expression="" field="gained_a_km2" />
  <default applyOnUpdate="0" expression="" field="lost_a_km2" />
  <default applyOnUpdate="0" expression="" field="gained_b_km2" />
  <default applyOnUpdate="0" expression="" field="lost_b_km2" />
  <default applyOnUpdate="0" expression="" field="to_a_km2" />
  <default applyOnUpdate="0" expression="" field="to_b_km2" />
  <default applyOnUpdate="0" expression="" field="staff_low" />
  <default applyOnUpdate="0" expression="" field="staff_central" />
  <default applyOnUpdate="0" expression="" field="staff_high" />
  <default applyOnUpdate="0" expression="" field="d_staff" />
  <default applyOnUpdate="0" expression="" field="population" />
  <default applyOnUpdate="0" expression="" field="turned" />
  <default applyOnUpdate="0" expression="" field="posture" />
  <default applyOnUpdate="0" expression="" field="statement" />
  <default applyOnUpdate="0" expression="" field="spec" />
 </defaults>
 <constraints>
  <constraint constraints="0" exp_strength="0" field="start_date" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="end_date" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="days" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="gap_days" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="source" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="depth_a_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="depth_b_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="line_km" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_a_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="area_b_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="since" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="gained_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="lost_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="gained_a_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="lost_a_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="gained_b_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="lost_b_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="to_a_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="to_b_km2" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_low" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_central" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="staff_high" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="d_staff" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="population" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="turned" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="posture" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="statement" notnull_strength="0" unique_strength="0" />
  <constraint constraints="0" exp_strength="0" field="spec" notnull_strength="0" unique_strength="0" />
 </constraints>
 <constraintExpressions>
  <constraint desc="" exp="" field="start_date" />
  <constraint desc="" exp="" field="end_date" />
  <constraint desc="" exp="" field="days" />
  <constraint desc="" exp="" field="gap_days" />
  <constraint desc="" exp="" field="source" />
  <constraint desc="" exp="" field="depth_a_km" />
  <constraint desc="" exp="" field="depth_b_km" />
  <constraint desc="" exp="" field="line_km" />
  <constraint desc="" exp="" field="area_km2" />
  <constraint desc="" exp="" field="area_a_km2" />
  <constraint desc="" exp="" field="area_b_km2" />
  <constraint desc="" exp="" field="since" />
  <constraint desc="" exp="" field="gained_km2" />
  <constraint desc="" exp="" field="lost_km2" />
  <constraint desc="" exp="" field="gained_a_km2" />
  <constraint desc="" exp="" field="lost_a_km2" />
  <constraint desc="" exp="" field="gained_b_km2" />
  <constraint desc="" exp="" field="lost_b_km2" />
  <constraint desc="" exp="" field="to_a_km2" />
  <constraint desc="" exp="" field="to_b_km2" />
  <constraint desc="" exp="" field="staff_low" />
  <constraint desc="" exp="" field="staff_central" />
  <constraint desc="" exp="" field="staff_high" />
  <constraint desc="" exp="" field="d_staff" />
  <constraint desc="" exp="" field="population" />
  <constraint desc="" exp="" field="turned" />
  <constraint desc="" exp="" field="posture" />
  <constraint desc="" exp="" field="statement" />
  <constraint desc="" exp="" field="spec" />
 </constraintExpressions>
 <expressionfields />
 <editform tolerant="1" />
 <editforminit />
 <editforminitcodesource>0</editforminitcodesource>
 <editforminitfilepath />
 <editforminitcode />
 <featformsuppress>0</featformsuppress>
 <editorlayout>generatedlayout</editorlayout>
 <editable>
  <field editable="0" name="area_a_km2" />
  <field editable="0" name="area_b_km2" />
  <field editable="0" name="area_km2" />
  <field editable="0" name="d_staff" />
  <field editable="0" name="days" />
  <field editable="0" name="depth_a_km" />
  <field editable="0" name="depth_b_km" />
  <field editable="0" name="end_date" />
  <field editable="0" name="gained_a_km2" />
  <field editable="0" name="gained_b_km2" />
  <field editable="0" name="gained_km2" />
  <field editable="0" name="gap_days" />
  <field editable="0" name="line_km" />
  <field editable="0" name="lost_a_km2" />
  <field editable="0" name="lost_b_km2" />
  <field editable="0" name="lost_km2" />
  <field editable="0" name="population" />
  <field editable="0" name="posture" />
  <field editable="0" name="since" />
  <field editable="0" name="source" />
  <field editable="0" name="spec" />
  <field editable="0" name="staff_central" />
  <field editable="0" name="staff_high" />
  <field editable="0" name="staff_low" />
  <field editable="0" name="start_date" />
  <field editable="0" name="statement" />
  <field editable="0" name="to_a_km2" />
  <field editable="0" name="to_b_km2" />
  <field editable="0" name="turned" />
 </editable>
 <labelOnTop />
 <reuseLastValue />
 <dataDefinedFieldProperties />
 <widgets />
 <previewExpression>format_date("start_date", 'yyyy-MM-dd')</previewExpression>
 <mapTip>&lt;b&gt;From [% format_date("start_date", 'yyyy-MM-dd') %][% coalesce(' until ' || format_date("end_date", 'yyyy-MM-dd'), '') %]&lt;/b&gt;&lt;br&gt;[% format_number("area_km2", 0) %] km²[% coalesce(', gained ' || format_number("gained_km2", 0) || ', lost ' || format_number("lost_km2", 0), '') %]&lt;br&gt;about [% CASE WHEN "staff_central" &gt; 0 THEN format_number(round("staff_central", 1 - floor(log10("staff_central"))), 0) ELSE '0' END %] staff ([% CASE WHEN "staff_low" &gt; 0 THEN format_number(round("staff_low", 1 - floor(log10("staff_low"))), 0) ELSE '0' END || '–' || CASE WHEN "staff_high" &gt; 0 THEN format_number(round("staff_high", 1 - floor(log10("staff_high"))), 0) ELSE '0' END %])</mapTip>
 <layerGeometryType>2</layerGeometryType>
</qgis>
